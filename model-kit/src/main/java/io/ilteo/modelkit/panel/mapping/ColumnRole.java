package io.ilteo.modelkit.panel.mapping;

/** What a column of a panel is for. */
public enum ColumnRole {
  WAGE,
  SATISFACTION,
  FEATURE,
  /** A survey weight: kept, never an input. */
  WEIGHT
}
