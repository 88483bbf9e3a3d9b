package io.ilteo.wage;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.feature.WageScale;
import io.ilteo.modelkit.panel.feature.WageTransform;
import io.ilteo.modelkit.training.ModelTask.Baseline;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.RidgeRegression;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** What a wage model has to beat, fitted on the training fold. */
final class WageBaselines {
  private static final double RIDGE_PENALTY = 10;

  private final Sequences training;
  private final double mean;
  private final double drift;
  private final double smearing;
  private final WageTransform transform;
  private final RidgeRegression ridge;

  WageBaselines(PreparedData data) {
    this.training = data.training();
    this.transform = data.wages(WageScale.LOG);
    this.mean = average(i -> training.wage(i));
    this.drift = average(i -> (double) training.wage(i) / training.lastWage(i));
    double[] targets = new double[training.size()];
    for (int i = 0; i < targets.length; i++) {
      targets[i] =
          training.hasWage(i)
              ? transform.toModel(training.wage(i), training.priceLevel(i))
              : Double.NaN;
    }
    this.ridge = RidgeRegression.fit(training, targets, RIDGE_PENALTY);
    this.smearing = average(i -> training.wage(i) / ridgeMedian(training, i));
  }

  /** Each baseline on the same rows. */
  List<Baseline> score(Sequences scored) {
    return List.of(
        score("last_wage", scored, i -> orMean(scored.lastWage(i))),
        score("wage_drift", scored, i -> drift(scored.lastWage(i))),
        score("ridge", scored, i -> ridgeMedian(scored, i) * smearing));
  }

  private double orMean(double last) {
    return Double.isNaN(last) ? mean : last;
  }

  private double drift(double last) {
    return Double.isNaN(last) ? mean : last * drift;
  }

  private double ridgeMedian(Sequences sequences, int i) {
    return transform.fromModel(ridge.predict(sequences, i), sequences.priceLevel(i));
  }

  private double average(IntToDoubleFunction value) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < training.size(); i++) {
      double each = training.hasWage(i) ? value.applyAsDouble(i) : Double.NaN;
      if (!Double.isNaN(each)) {
        sum += each;
        count++;
      }
    }
    return sum / count;
  }

  private static Baseline score(String name, Sequences scored, IntToDoubleFunction predict) {
    return new Baseline(name, WageRows.score(scored, predict));
  }
}
