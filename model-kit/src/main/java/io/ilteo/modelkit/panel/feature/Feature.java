package io.ilteo.modelkit.panel.feature;

/**
 * One input of a network: a quantity that can be told from a person's years up to now.
 *
 * <p>A feature makes a {@link Tracker} for each person, and the tracker sees the person's years one
 * by one, oldest first. That is what makes features leak-proof: whatever a tracker computes, it has
 * not seen the future.
 */
interface Feature {
  /** Source of what depends on when a person was interviewed only. */
  String CALENDAR = "calendar";

  /** Name, distinct within a feature set. */
  String name();

  /** What it is made of, e.g. the column; features of one source go together. */
  default String source() {
    return name();
  }

  /** Whether a missing value gets an indicator input beside it. */
  default boolean indicated() {
    return false;
  }

  /** Starts a person. */
  Tracker start(CellMeans cells);

  /** Follows one person through their years. */
  @FunctionalInterface
  interface Tracker {
    /**
     * The value in the cursor's year, NaN where it cannot be told. Called once a year, oldest
     * first.
     */
    double next(PersonYear at);
  }
}
