package io.ilteo.modelkit.panel.mapping;

/** Whether a higher code of an ordinal column means more of what its name says. */
public enum Direction {
  ASCENDING,
  DESCENDING
}
