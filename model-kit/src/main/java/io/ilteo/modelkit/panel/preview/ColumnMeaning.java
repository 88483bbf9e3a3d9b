package io.ilteo.modelkit.panel.preview;

import io.ilteo.modelkit.panel.mapping.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * What a proposal makes of a source column.
 *
 * @param name name in the panel; empty where it is left out
 * @param type how it is read; null for the person, the year and what is left out
 */
public record ColumnMeaning(
    ColumnProfile profile, Use use, String name, @Nullable ColumnType type) {
  /** What a source column is used for. */
  public enum Use {
    PERSON,
    TIME,
    WAGE,
    SATISFACTION,
    FEATURE,
    WEIGHT,
    LEFT_OUT
  }
}
