package io.ilteo.modelkit.panel.source;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Checks that a file's column names can be told apart. */
final class ColumnNames {
  private ColumnNames() {}

  /** Returns {@code names}; refuses a file without names or with a name that stands twice. */
  static List<String> distinct(String fileName, List<String> names) {
    if (names.isEmpty() || names.stream().allMatch(String::isEmpty)) {
      throw BadFile.of(fileName, "has no column names; expected them in the first row.");
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!name.isEmpty() && !seen.add(name.toLowerCase(Locale.ROOT))) {
        throw BadFile.of(fileName, "has two columns called '" + name + "'.");
      }
    }
    return List.copyOf(names);
  }
}
