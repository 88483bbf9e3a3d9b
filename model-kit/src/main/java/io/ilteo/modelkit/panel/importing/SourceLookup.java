package io.ilteo.modelkit.panel.importing;

import io.ilteo.modelkit.panel.source.SourceColumn;
import io.ilteo.modelkit.panel.source.SourceTable;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds source columns by name, letter case aside, {@code __} standing for the wave's digits. */
final class SourceLookup {
  /** What {@link #indexOf} returns for a column that the file lacks. */
  static final int ABSENT = -1;

  private final Map<String, Integer> indexByName = new HashMap<>();
  private final String wave;

  /**
   * @param wave two digits, or empty for a long file
   */
  SourceLookup(SourceTable table, String wave) {
    this.wave = wave;
    List<SourceColumn> columns = table.columns();
    for (int i = 0; i < columns.size(); i++) {
      indexByName.put(columns.get(i).name().toLowerCase(Locale.ROOT), i);
    }
  }

  String wave() {
    return wave;
  }

  String resolve(String name) {
    return wave.isEmpty() ? name : name.replace("__", wave);
  }

  int indexOf(String name) {
    return indexByName.getOrDefault(resolve(name).toLowerCase(Locale.ROOT), ABSENT);
  }

  /** Indices of those of {@code names} that the file has, in their order. */
  int[] present(List<String> names) {
    return names.stream().mapToInt(this::indexOf).filter(i -> i != ABSENT).toArray();
  }
}
