package io.ilteo.modelkit.panel;

import io.ilteo.modelkit.panel.mapping.ColumnRole;
import io.ilteo.modelkit.panel.mapping.ColumnType;

/**
 * One column of a panel: its meaning and its values, a person-year each.
 *
 * <p>Values are single precision, NaN where missing: survey codes and amounts have at most seven
 * digits. Codes are those of the source after the mapping's recoding.
 */
public final class PanelColumn {
  private final String name;
  private final String source;
  private final ColumnRole role;
  private final ColumnType type;
  private final float[] values;

  /** Takes over {@code values}: the caller must not write to them again. */
  public PanelColumn(String name, String source, ColumnRole role, ColumnType type, float[] values) {
    this.name = name;
    this.source = source;
    this.role = role;
    this.type = type;
    this.values = values;
  }

  /** Name under the mapping. */
  public String name() {
    return name;
  }

  /** Where it came from, for people: source columns joined by '+' or '|'. */
  public String source() {
    return source;
  }

  public ColumnRole role() {
    return role;
  }

  public ColumnType type() {
    return type;
  }

  /** Value in {@code row}, NaN where missing. */
  public float value(int row) {
    return values[row];
  }

  /** Number of rows. */
  public int size() {
    return values.length;
  }

  /** Copies the values of rows {@code [from, from + length)} into {@code target}. */
  public void copy(int from, int length, float[] target, int targetOffset) {
    System.arraycopy(values, from, target, targetOffset, length);
  }
}
