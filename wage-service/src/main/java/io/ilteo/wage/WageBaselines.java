package io.ilteo.wage;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.feature.WageScale;
import io.ilteo.modelkit.panel.feature.WageTransform;
import io.ilteo.modelkit.training.GradientBoosting;
import io.ilteo.modelkit.training.ModelTask.Baseline;
import io.ilteo.modelkit.training.ModelTask.Baselines;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.RidgeRegression;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** What a wage model has to beat, fitted on the training fold. */
final class WageBaselines implements Baselines {
  static final List<String> NAMES =
      List.of("last_wage", "wage_drift", "ridge", "gradient_boosting");

  private static final double RIDGE_PENALTY = 10;
  private static final long BOOSTING_SEED = 1;

  private final Sequences training;
  private final double mean;
  private final double drift;
  private final WageRows rows;
  private final WageTransform transform;
  private final RidgeRegression ridge;
  private final double ridgeSmearing;
  private final GradientBoosting boosting;
  private final double boostingSmearing;

  WageBaselines(PreparedData data) {
    this.training = data.training();
    this.rows = new WageRows(data);
    this.transform = data.wages(WageScale.LOG);
    this.mean = average(i -> training.wage(i));
    this.drift = average(i -> (double) training.wage(i) / training.lastWage(i));
    double[] targets =
        IntStream.range(0, training.size()).mapToDouble(i -> target(training, i)).toArray();
    this.ridge = RidgeRegression.fit(training, targets, RIDGE_PENALTY);
    this.ridgeSmearing = average(i -> training.wage(i) / ridgeMedian(training, i));
    this.boosting =
        GradientBoosting.regression(fold(training), fold(data.validation()), BOOSTING_SEED);
    double[][] boosted = boosting.predict(training);
    this.boostingSmearing = average(i -> training.wage(i) / median(training, i, boosted[i][0]));
  }

  /** Each baseline on the same rows, in the order of {@link #NAMES}. */
  @Override
  public List<Baseline> score(Sequences scored) {
    double[][] boosted = boosting.predict(scored);
    List<IntToDoubleFunction> predictions =
        List.of(
            i -> orMean(scored.lastWage(i)),
            i -> drift(scored.lastWage(i)),
            i -> ridgeMedian(scored, i) * ridgeSmearing,
            i -> median(scored, i, boosted[i][0]) * boostingSmearing);
    return IntStream.range(0, NAMES.size())
        .mapToObj(k -> new Baseline(NAMES.get(k), rows.score(scored, predictions.get(k))))
        .toList();
  }

  @Override
  public void close() {
    boosting.close();
  }

  private GradientBoosting.Fold fold(Sequences sequences) {
    return new GradientBoosting.Fold(sequences, i -> target(sequences, i));
  }

  private double target(Sequences sequences, int i) {
    return sequences.hasWage(i)
        ? transform.toModel(sequences.wage(i), sequences.priceLevel(i))
        : Double.NaN;
  }

  private double orMean(double last) {
    return Double.isNaN(last) ? mean : last;
  }

  private double drift(double last) {
    return Double.isNaN(last) ? mean : last * drift;
  }

  private double ridgeMedian(Sequences sequences, int i) {
    return median(sequences, i, ridge.predict(sequences, i));
  }

  private double median(Sequences sequences, int i, double z) {
    return transform.fromModel(z, sequences.priceLevel(i));
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
}
