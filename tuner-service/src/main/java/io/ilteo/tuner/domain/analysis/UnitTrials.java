package io.ilteo.tuner.domain.analysis;

import io.ilteo.tuner.domain.sampler.FinishedTrial;
import io.ilteo.tuner.domain.space.ParameterSpec;
import io.ilteo.tuner.domain.space.ParameterValue;
import io.ilteo.tuner.domain.space.SearchSpace;
import java.util.List;

/**
 * Trials with a value as numbers: x (n×d) unit-cube coordinates, NaN where a parameter does not
 * exist, and the losses (n) of one objective.
 */
record UnitTrials(double[][] x, double[] losses) {
  static UnitTrials of(SearchSpace space, List<FinishedTrial> trials, int objective) {
    List<FinishedTrial> valued = trials.stream().filter(trial -> !trial.failed()).toList();
    double[][] x = new double[valued.size()][space.parameters().size()];
    double[] losses = new double[valued.size()];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = valued.get(i).losses().get(objective);
      for (int p = 0; p < x[i].length; p++) {
        ParameterSpec spec = space.parameters().get(p);
        ParameterValue value = valued.get(i).configuration().values().get(spec.name());
        x[i][p] = value == null ? Double.NaN : spec.domain().toUnit(value);
      }
    }
    return new UnitTrials(x, losses);
  }

  int size() {
    return losses.length;
  }
}
