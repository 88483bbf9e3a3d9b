package io.ilteo.wage;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.feature.WageScale;
import io.ilteo.modelkit.training.GradientBoosting;
import io.ilteo.modelkit.training.ModelTask.Baseline;
import io.ilteo.modelkit.training.ModelTask.Baselines;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.RidgeRegression;
import io.ilteo.modelkit.training.ScoredAmounts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a wage model has to beat, fitted on the training fold. The two that learn are fitted to the
 * change of the log and of the level; what the validation fold prefers is the baseline.
 */
final class WageBaselines implements Baselines {
  static final List<String> NAMES =
      List.of("last_wage", "wage_drift", "ridge", "gradient_boosting");

  private static final double RIDGE_PENALTY = 10;
  private static final long BOOSTING_SEED = 1;

  private final PreparedData data;
  private final WageRows rows;
  private final double mean;
  private final double drift;
  private final Learned ridge;
  private final Learned boosting;
  private final List<GradientBoosting> open = new ArrayList<>();

  WageBaselines(PreparedData data) {
    Sequences training = data.training();
    this.data = data;
    this.rows = new WageRows(data);
    this.mean = ratio(training, i -> training.wage(i), i -> 1);
    this.drift = ratio(training, i -> training.wage(i), i -> training.lastWage(i));
    this.ridge = better(ridge(WageScale.LOG), ridge(WageScale.LEVEL));
    this.boosting = better(boosting(WageScale.LOG), boosting(WageScale.LEVEL));
  }

  /** Each baseline on the same rows, in the order of {@link #NAMES}. */
  @Override
  public List<Baseline> score(Sequences scored) {
    List<ScoredAmounts> amounts =
        List.of(
            rows.score(scored, i -> orMean(scored.lastWage(i))),
            rows.score(scored, i -> orMean(scored.lastWage(i) * drift)),
            score(ridge, scored),
            score(boosting, scored));
    return IntStream.range(0, NAMES.size())
        .mapToObj(k -> new Baseline(NAMES.get(k), amounts.get(k)))
        .toList();
  }

  @Override
  public void close() {
    open.forEach(GradientBoosting::close);
  }

  private Learned ridge(WageScale scale) {
    Sequences training = data.training();
    WageTarget target = WageTarget.changes(data, scale, true);
    double[] changes =
        IntStream.range(0, training.size()).mapToDouble(i -> target.encode(training, i)).toArray();
    RidgeRegression fitted = RidgeRegression.fit(training, changes, RIDGE_PENALTY);
    return learned(target, sequences -> i -> fitted.predict(sequences, i));
  }

  private Learned boosting(WageScale scale) {
    WageTarget target = WageTarget.changes(data, scale, true);
    GradientBoosting fitted =
        GradientBoosting.regression(
            new GradientBoosting.Fold(data.training(), i -> target.encode(data.training(), i)),
            new GradientBoosting.Fold(data.validation(), i -> target.encode(data.validation(), i)),
            BOOSTING_SEED);
    open.add(fitted);
    return learned(
        target,
        sequences -> {
          double[][] changes = fitted.predict(sequences);
          return i -> changes[i][0];
        });
  }

  private Learned learned(WageTarget target, Changes changes) {
    Sequences training = data.training();
    IntToDoubleFunction fitted = changes.of(training);
    double smearing =
        target.smearing(
            training,
            IntStream.range(0, training.size()).toArray(),
            i -> target.decode(training, i, fitted.applyAsDouble(i)));
    return new Learned(target, changes, smearing);
  }

  private Learned better(Learned first, Learned second) {
    return rmse(first) <= rmse(second) ? first : second;
  }

  private double rmse(Learned learned) {
    return score(learned, data.validation())
        .metrics()
        .getOrDefault(WageTask.RMSE, Double.POSITIVE_INFINITY);
  }

  private ScoredAmounts score(Learned learned, Sequences scored) {
    IntToDoubleFunction changes = learned.changes.of(scored);
    return rows.score(
        scored, i -> learned.target.decode(scored, i, changes.applyAsDouble(i)) * learned.smearing);
  }

  private double orMean(double wage) {
    return Double.isNaN(wage) ? mean : wage;
  }

  /** Ratio of sums over the training sequences where both are known. */
  private static double ratio(
      Sequences training, IntToDoubleFunction above, IntToDoubleFunction below) {
    double numerator = 0;
    double denominator = 0;
    for (int i = 0; i < training.size(); i++) {
      double each = above.applyAsDouble(i);
      double by = below.applyAsDouble(i);
      if (!Double.isNaN(each) && !Double.isNaN(by)) {
        numerator += each;
        denominator += by;
      }
    }
    return numerator / denominator;
  }

  /** Learned changes of every sequence of a fold. */
  @FunctionalInterface
  private interface Changes {
    IntToDoubleFunction of(Sequences sequences);
  }

  /** A fitted learner on one scale. */
  private record Learned(WageTarget target, Changes changes, double smearing) {}
}
