package io.ilteo.modelkit.panel.fold;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.PanelColumn;
import io.ilteo.modelkit.panel.mapping.ColumnRole;
import io.ilteo.modelkit.panel.mapping.ColumnSpec;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks for the future in the input columns of a panel: what was computed before the import is out
 * of the reach of types.
 *
 * <p>Refuses a column that equals a target or a facet of a later year, and one that is the same in
 * all years of a person and equals the mean, the smallest or the largest of the person's targets
 * over their whole history.
 */
public final class LeakAudit {
  private static final int MIN_EVIDENCE = 20;
  private static final double ALIKE = 0.9;
  private static final double TOLERANCE = 1e-3;
  private static final int MIN_HISTORY = 3;

  private final Panel panel;
  private final int horizon;

  private LeakAudit(Panel panel, int horizon) {
    this.panel = panel;
    this.horizon = horizon;
  }

  /**
   * Checks every input column of {@code panel}.
   *
   * @param horizon years from the last input to the target
   * @throws FailedPrecondition naming the column and what it gives away
   */
  public static void require(Panel panel, int horizon) {
    LeakAudit audit = new LeakAudit(panel, horizon);
    List<PanelColumn> inputs =
        panel.columns().stream().filter(c -> c.role() == ColumnRole.FEATURE).toList();
    Set<String> facets =
        panel.mapping().columns().stream()
            .filter(ColumnSpec::facet)
            .map(ColumnSpec::name)
            .collect(Collectors.toSet());
    for (PanelColumn secret : panel.columns()) {
      boolean target = secret.role() == ColumnRole.WAGE || secret.role() == ColumnRole.SATISFACTION;
      if (target || facets.contains(secret.name())) {
        Telling telling = audit.telling(secret);
        for (PanelColumn input : inputs) {
          if (!input.name().equals(secret.name())) {
            audit.requireNoLead(input, secret, telling);
          }
        }
      }
      if (target) {
        inputs.forEach(c -> audit.requireNoLifetimeFigure(c, secret));
      }
    }
  }

  /** Rows where a secret of a later year is another than this year's: only they tell a leak. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Telling(int[] rows, float[] later) {}

  private Telling telling(PanelColumn secret) {
    int[] rows = new int[panel.personYears()];
    float[] later = new float[panel.personYears()];
    int count = 0;
    for (int person = 0; person < panel.personCount(); person++) {
      for (int row = panel.start(person); row < panel.start(person + 1); row++) {
        int then = later(person, row);
        float value = then < 0 ? Float.NaN : secret.value(then);
        if (!Float.isNaN(value) && secret.value(row) != value) {
          rows[count] = row;
          later[count++] = value;
        }
      }
    }
    return new Telling(Arrays.copyOf(rows, count), Arrays.copyOf(later, count));
  }

  private void requireNoLead(PanelColumn column, PanelColumn secret, Telling telling) {
    int present = 0;
    for (int row : telling.rows) {
      present += Float.isNaN(column.value(row)) ? 0 : 1;
    }
    long alike = 0;
    double differencesLeft = (1 - ALIKE) * present;
    for (int i = 0; i < telling.rows.length && differencesLeft >= 0; i++) {
      float value = column.value(telling.rows[i]);
      if (!Float.isNaN(value)) {
        boolean close = close(value, telling.later[i]);
        alike += close ? 1 : 0;
        differencesLeft -= close ? 0 : 1;
      }
    }
    if (present >= MIN_EVIDENCE && differencesLeft >= 0) {
      throw new FailedPrecondition(
          "Column '%s' equals '%s' of %d year(s) later in %d of %d rows: it gives away what is to be predicted. Leave it out of the mapping."
              .formatted(column.name(), secret.name(), horizon, alike, present));
    }
  }

  private int later(int person, int row) {
    for (int r = row + 1; r < panel.start(person + 1); r++) {
      int ahead = panel.year(r) - panel.year(row);
      if (ahead >= horizon) {
        return ahead == horizon ? r : -1;
      }
    }
    return -1;
  }

  private void requireNoLifetimeFigure(PanelColumn column, PanelColumn target) {
    long[] alike = new long[3];
    Map<Float, Long> values = new HashMap<>();
    for (int person = 0; person < panel.personCount(); person++) {
      double[] figures = lifetime(person, target);
      float value = constant(person, column);
      if (figures.length > 0 && !Float.isNaN(value)) {
        values.merge(value, 1L, Long::sum);
        for (int i = 0; i < alike.length; i++) {
          alike[i] += close(value, figures[i]) ? 1 : 0;
        }
      }
    }
    long persons = values.values().stream().mapToLong(Long::longValue).sum();
    // A column that is much the same for everybody equals somebody's figure by chance.
    if (values.values().stream().anyMatch(count -> count > ALIKE * persons)) {
      return;
    }
    String[] names = {"mean", "smallest value", "largest value"};
    for (int i = 0; i < alike.length; i++) {
      if (persons >= MIN_EVIDENCE && alike[i] > ALIKE * persons) {
        throw new FailedPrecondition(
            "Column '%s' is the %s of '%s' over a person's whole history, future included (%d of %d persons). Leave it out of the mapping; Ilteo computes such figures from the past only."
                .formatted(column.name(), names[i], target.name(), alike[i], persons));
      }
    }
  }

  /** Mean, smallest and largest target of a person whose targets vary; empty for others. */
  private double[] lifetime(int person, PanelColumn target) {
    int count = 0;
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int row = panel.start(person); row < panel.start(person + 1); row++) {
      float value = target.value(row);
      if (!Float.isNaN(value)) {
        count++;
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    boolean telling = count >= MIN_HISTORY && min < max;
    return telling ? new double[] {sum / count, min, max} : new double[0];
  }

  /** The value that a column has in all years of a person, NaN where it varies or is missing. */
  private float constant(int person, PanelColumn column) {
    float value = column.value(panel.start(person));
    for (int row = panel.start(person) + 1; row < panel.start(person + 1); row++) {
      if (column.value(row) != value) {
        return Float.NaN;
      }
    }
    return value;
  }

  private static boolean close(double a, double b) {
    return Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(b));
  }
}
