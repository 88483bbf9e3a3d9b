package io.ilteo.modelkit.panel.preview;

import io.ilteo.modelkit.panel.importing.SurveyFile;
import io.ilteo.modelkit.panel.source.SourceColumn;
import io.ilteo.modelkit.panel.source.SourceTable;
import io.ilteo.modelkit.panel.source.SourceTables;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the head of a file holds.
 *
 * @param format format and charset, for people
 * @param rowsRead rows looked at
 * @param faults what stopped the reading early; empty where nothing did
 */
public record FileProfile(
    String fileName,
    String format,
    long rowsRead,
    List<ColumnProfile> columns,
    List<String> faults) {
  private static final int MAX_SAMPLES = 5;

  public FileProfile {
    columns = List.copyOf(columns);
    faults = List.copyOf(faults);
  }

  /**
   * Looks at the first {@code maxRows} rows of {@code file}.
   *
   * @param head whether only the head of the file is there
   */
  public static FileProfile of(SurveyFile file, long maxRows, boolean head) {
    try (SourceTable table =
        head
            ? SourceTables.openHead(file.path(), file.name())
            : SourceTables.open(file.path(), file.name())) {
      List<Tally> tallies = table.columns().stream().map(Tally::new).toList();
      List<String> faults = new ArrayList<>();
      long rows = 0;
      try {
        while (rows < maxRows && table.next()) {
          for (int i = 0; i < tallies.size(); i++) {
            tallies.get(i).add(table, i);
          }
          rows++;
        }
      } catch (InvalidArgument damaged) {
        if (rows == 0) {
          throw damaged;
        }
        if (!head) {
          faults.add(String.valueOf(damaged.getMessage()));
        }
      }
      return new FileProfile(
          file.name(), table.format(), rows, tallies.stream().map(Tally::profile).toList(), faults);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counts one column. */
  private static final class Tally {
    private final SourceColumn column;
    private final Map<Double, Long> counts = new TreeMap<>();
    private final Set<String> samples = new LinkedHashSet<>();
    private long present;
    private long blank;
    private long text;
    private boolean overflow;
    private double min = Double.NaN;
    private double max = Double.NaN;
    private boolean whole = true;

    Tally(SourceColumn column) {
      this.column = column;
    }

    void add(SourceTable table, int index) {
      double value = table.number(index);
      if (samples.size() < MAX_SAMPLES && !table.text(index).isEmpty()) {
        samples.add(table.text(index));
      }
      if (Double.isNaN(value)) {
        if (table.isText(index)) {
          text++;
        } else {
          blank++;
        }
        return;
      }
      present++;
      min = Double.isNaN(min) ? value : Math.min(min, value);
      max = Double.isNaN(max) ? value : Math.max(max, value);
      whole &= value == Math.rint(value);
      if (counts.size() < ColumnProfile.MAX_DISTINCT || counts.containsKey(value)) {
        counts.merge(value, 1L, Long::sum);
      } else {
        overflow = true;
      }
    }

    ColumnProfile profile() {
      return new ColumnProfile(
          column,
          present,
          blank,
          text,
          counts,
          counts.size() + (overflow ? 1 : 0),
          min,
          max,
          whole,
          List.copyOf(samples));
    }
  }
}
