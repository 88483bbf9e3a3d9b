package io.ilteo.modelkit.training;

import io.ilteo.modelkit.panel.feature.Sequences;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Gradient boosted trees on flat rows (XGBoost, Chen and Guestrin 2016), stopped early on the
 * validation fold: what a practitioner would try first, and so what a network has to beat.
 *
 * <p>Single-threaded and a function of its arguments. Holds native memory until closed.
 */
public final class GradientBoosting implements AutoCloseable {
  private static final int MAX_ROUNDS = 500;
  private static final int PATIENCE = 20;
  private static final int PREDICTION_ROWS = 8_192;
  private static final Map<String, Object> SETTINGS =
      Map.ofEntries(
          Map.entry("tree_method", "hist"),
          Map.entry("eta", 0.05),
          Map.entry("max_depth", 5),
          Map.entry("min_child_weight", 10),
          Map.entry("subsample", 0.8),
          Map.entry("colsample_bytree", 0.6),
          Map.entry("lambda", 1.0),
          Map.entry("nthread", 1),
          Map.entry("verbosity", 0),
          // Or the binding prints a line a round.
          Map.entry("verbose_eval", "false"));

  static {
    // XGBoost wants libgomp, which not every machine has; ND4J brings its own. Loaded first, that
    // one serves both.
    Nd4j.getBackend();
  }

  private final Booster booster;
  private final int rounds;

  private GradientBoosting(Booster booster, int rounds) {
    this.booster = booster;
    this.rounds = rounds;
  }

  /** Fits an amount by squared error. */
  public static GradientBoosting regression(Fold training, Fold validation, long seed) {
    Map<String, Object> objective = Map.of("objective", "reg:squarederror");
    return fit(training, validation, seed, objective, new double[0]);
  }

  /**
   * Fits the probabilities of classes by cross-entropy; targets are 0 … k−1.
   *
   * @param classWeights [k] weight of each class's sequences; all 1 for the plain cross-entropy
   */
  public static GradientBoosting classification(
      Fold training, Fold validation, double[] classWeights, long seed) {
    return fit(
        training,
        validation,
        seed,
        Map.of(
            "objective",
            "multi:softprob",
            "num_class",
            classWeights.length,
            "eval_metric",
            "mlogloss"),
        classWeights);
  }

  private static GradientBoosting fit(
      Fold training,
      Fold validation,
      long seed,
      Map<String, Object> objective,
      double[] classWeights) {
    Map<String, Object> settings = new LinkedHashMap<>(SETTINGS);
    settings.putAll(objective);
    settings.put("seed", seed);
    try {
      DMatrix learned = training.matrix(classWeights);
      DMatrix watched = validation.matrix(classWeights);
      try {
        float[][] losses = new float[1][MAX_ROUNDS];
        Booster booster =
            XGBoost.train(
                learned,
                settings,
                MAX_ROUNDS,
                Map.of("validation", watched),
                losses,
                null,
                null,
                PATIENCE);
        return new GradientBoosting(booster, best(losses[0], booster.getNumBoostedRound()));
      } finally {
        learned.dispose();
        watched.dispose();
      }
    } catch (XGBoostError failure) {
      throw new IllegalStateException("gradient boosting: " + failure.getMessage(), failure);
    }
  }

  /** Number of trees (a class) up to and with the one of the least validation loss. */
  private static int best(float[] losses, int rounds) {
    int best = 0;
    for (int round = 1; round < rounds; round++) {
      if (losses[round] < losses[best]) {
        best = round;
      }
    }
    return best + 1;
  }

  /** Fitted values of every sequence: [n][1], or [n][classes] probabilities. */
  public double[][] predict(Sequences sequences) {
    FlatRows rows = new FlatRows(sequences);
    double[][] predictions = new double[sequences.size()][];
    try {
      for (int from = 0; from < predictions.length; from += PREDICTION_ROWS) {
        int to = Math.min(predictions.length, from + PREDICTION_ROWS);
        DMatrix matrix =
            new DMatrix(
                rows.of(IntStream.range(from, to).toArray()), to - from, rows.width(), Float.NaN);
        float[][] block = booster.predict(matrix, false, rounds);
        matrix.dispose();
        for (int row = 0; row < block.length; row++) {
          float[] values = block[row];
          predictions[from + row] =
              IntStream.range(0, values.length).mapToDouble(k -> values[k]).toArray();
        }
      }
    } catch (XGBoostError failure) {
      throw new IllegalStateException("gradient boosting: " + failure.getMessage(), failure);
    }
    return predictions;
  }

  /** Trees kept by early stopping, for each class. */
  public int rounds() {
    return rounds;
  }

  @Override
  public void close() {
    booster.dispose();
  }

  /**
   * Sequences with the targets to be learned.
   *
   * @param target of a sequence; NaN where it does not count
   */
  public record Fold(Sequences sequences, IntToDoubleFunction target) {
    private DMatrix matrix(double[] classWeights) throws XGBoostError {
      int[] chosen =
          IntStream.range(0, sequences.size())
              .filter(i -> !Double.isNaN(target.applyAsDouble(i)))
              .toArray();
      FlatRows rows = new FlatRows(sequences);
      DMatrix matrix = new DMatrix(rows.of(chosen), chosen.length, rows.width(), Float.NaN);
      float[] labels = new float[chosen.length];
      for (int row = 0; row < labels.length; row++) {
        labels[row] = (float) target.applyAsDouble(chosen[row]);
      }
      matrix.setLabel(labels);
      if (classWeights.length > 0) {
        float[] weights = new float[labels.length];
        for (int row = 0; row < weights.length; row++) {
          weights[row] = (float) classWeights[(int) labels[row]];
        }
        matrix.setWeight(weights);
      }
      return matrix;
    }
  }
}
