package io.ilteo.modelkit.panel.feature;

import java.util.List;

/** Runs features over persons: each person once, oldest year first. */
final class FeatureProgram {
  /** Takes the features of one person-year. */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes one person-year.
     *
     * @param i which of the person's years
     * @param at the year; valid during the call only
     * @param raw [features] unscaled, NaN where missing; valid during the call only
     */
    void accept(int person, int i, PersonYear at, double[] raw);
  }

  private final InputSchema schema;
  private final List<Feature> features;
  private final CellMeans cells;

  FeatureProgram(InputSchema schema, List<Feature> features, CellMeans cells) {
    this.schema = schema;
    this.features = features;
    this.cells = cells;
  }

  void run(PersonSource persons, Sink sink) {
    PersonYear at = new PersonYear(schema.columns().size());
    Feature.Tracker[] trackers = new Feature.Tracker[features.size()];
    double[] raw = new double[trackers.length];
    for (int person = 0; person < persons.personCount(); person++) {
      for (int f = 0; f < trackers.length; f++) {
        trackers[f] = features.get(f).start(cells);
      }
      for (int i = 0; i < persons.years(person); i++) {
        persons.fill(person, i, at.values());
        schema.complete(at, persons.year(person, i));
        for (int f = 0; f < trackers.length; f++) {
          raw[f] = trackers[f].next(at);
        }
        sink.accept(person, i, at, raw);
      }
    }
  }
}
