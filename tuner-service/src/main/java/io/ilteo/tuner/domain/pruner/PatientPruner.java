package io.ilteo.tuner.domain.pruner;

import io.ilteo.tuner.domain.study.Settings;
import java.util.List;
import java.util.Map;

/**
 * Prunes a trial that has not improved on its own best loss by {@code minDelta} for {@code
 * patience} steps, whatever the others do.
 *
 * @param patience steps without an improvement
 * @param minDelta what counts as one
 */
record PatientPruner(long patience, double minDelta) implements Pruner {
  static PatientPruner of(Settings settings) {
    return new PatientPruner(
        settings.integer("patience", 5, 1, Integer.MAX_VALUE),
        settings.number("min_delta", 0, 0, Double.MAX_VALUE));
  }

  @Override
  public PruningDecision decide(
      long step, Map<Long, Double> losses, Map<Integer, Map<Long, Double>> others) {
    double before = Curves.best(step - patience, losses);
    double since = Double.POSITIVE_INFINITY;
    for (Map.Entry<Long, Double> point : losses.entrySet()) {
      boolean recent = point.getKey() > step - patience && point.getKey() <= step;
      if (recent && Double.isFinite(point.getValue())) {
        since = Math.min(since, point.getValue());
      }
    }
    double threshold = before - minDelta;
    boolean known = Double.isFinite(before);
    boolean stuck = minDelta > 0 ? !(since <= threshold) : !(since < threshold);
    return new PruningDecision(
        "patient", step, since, known ? threshold : Double.NaN, known && stuck, List.of());
  }
}
