package io.ilteo.modelkit.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.analysis.MultivariateVectorFunction;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleValueChecker;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.apache.commons.math3.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer;
import org.apache.commons.math3.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer.Formula;

/**
 * What makes probabilities mean what they say: q_c ∝ exp(s_c ln p_c + b_c) (temperature and vector
 * scaling, Guo et al. 2017).
 *
 * @param scales s, one for each class
 * @param shifts b, one for each class
 */
public record Calibration(List<Double> scales, List<Double> shifts) {
  private static final double LEAST = 1e-9;
  private static final int MOST_EVALUATIONS = 2_000;
  // Towards leaving probabilities as they are, so that a class nobody is in cannot run away.
  private static final double PENALTY = 1e-4;

  public Calibration {
    scales = List.copyOf(scales);
    shifts = List.copyOf(shifts);
  }

  /** How much a calibration may change. */
  public enum Kind {
    /** Nothing. */
    NONE,
    /** One scale for all classes. */
    TEMPERATURE,
    /** A scale and a shift for each class. */
    VECTOR
  }

  /** Leaves probabilities of {@code classes} classes as they are. */
  public static Calibration none(int classes) {
    Double[] ones = new Double[classes];
    Double[] zeros = new Double[classes];
    Arrays.fill(ones, 1.0);
    Arrays.fill(zeros, 0.0);
    return new Calibration(List.of(ones), List.of(zeros));
  }

  /**
   * The calibration that makes observed classes most likely.
   *
   * @param observed [n]
   * @param probabilities [n][classes] of the validation fold
   */
  public static Calibration fit(Kind kind, int[] observed, double[][] probabilities) {
    int classes = probabilities.length == 0 ? 0 : probabilities[0].length;
    if (kind == Kind.NONE || observed.length == 0) {
      return none(classes);
    }
    Likelihood likelihood = new Likelihood(kind, observed, logs(probabilities), classes);
    double[] start = likelihood.neutral();
    double[] best =
        new NonLinearConjugateGradientOptimizer(
                Formula.POLAK_RIBIERE, new SimpleValueChecker(1e-10, 1e-10))
            .optimize(
                new MaxEval(MOST_EVALUATIONS),
                GoalType.MINIMIZE,
                new InitialGuess(start),
                new ObjectiveFunction(likelihood.value()),
                new ObjectiveFunctionGradient(likelihood.gradient()))
            .getPoint();
    return likelihood.calibration(best);
  }

  private static double[][] logs(double[][] probabilities) {
    return Arrays.stream(probabilities)
        .map(row -> Arrays.stream(row).map(p -> Math.log(Math.max(p, LEAST))).toArray())
        .toArray(double[][]::new);
  }

  /** The calibrated probabilities of one row. */
  public double[] apply(double[] probabilities) {
    double[] logits = new double[probabilities.length];
    for (int c = 0; c < logits.length; c++) {
      logits[c] = scales.get(c) * Math.log(Math.max(probabilities[c], LEAST)) + shifts.get(c);
    }
    return softmax(logits);
  }

  /** In place: fitting does this for every row of the fold some hundred times an epoch. */
  private static double[] softmax(double[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (int c = 0; c < logits.length; c++) {
      logits[c] = Math.exp(logits[c] - max);
      sum += logits[c];
    }
    for (int c = 0; c < logits.length; c++) {
      logits[c] /= sum;
    }
    return logits;
  }

  /** Mean negative log likelihood by the free parameters. */
  private record Likelihood(Kind kind, int[] observed, double[][] logs, int classes) {
    double[] neutral() {
      double[] neutral = new double[kind == Kind.TEMPERATURE ? 1 : 2 * classes];
      Arrays.fill(neutral, 0, kind == Kind.TEMPERATURE ? 1 : classes, 1);
      return neutral;
    }

    Calibration calibration(double[] point) {
      List<Double> scales = new ArrayList<>();
      List<Double> shifts = new ArrayList<>();
      for (int c = 0; c < classes; c++) {
        scales.add(kind == Kind.TEMPERATURE ? point[0] : point[c]);
        shifts.add(kind == Kind.TEMPERATURE ? 0 : point[classes + c]);
      }
      return new Calibration(scales, shifts);
    }

    private double[] probabilities(double[] point, int row, double[] logits) {
      for (int c = 0; c < classes; c++) {
        logits[c] =
            kind == Kind.TEMPERATURE
                ? point[0] * logs[row][c]
                : point[c] * logs[row][c] + point[classes + c];
      }
      return softmax(logits);
    }

    MultivariateFunction value() {
      return point -> {
        double[] q = new double[classes];
        double sum = 0;
        for (int row = 0; row < observed.length; row++) {
          sum -= Math.log(Math.max(LEAST, probabilities(point, row, q)[observed[row]]));
        }
        return sum / observed.length + PENALTY * distance(point);
      };
    }

    private double distance(double[] point) {
      double[] neutral = neutral();
      double sum = 0;
      for (int k = 0; k < point.length; k++) {
        sum += (point[k] - neutral[k]) * (point[k] - neutral[k]);
      }
      return sum;
    }

    MultivariateVectorFunction gradient() {
      return point -> {
        double[] gradient = new double[point.length];
        double[] q = new double[classes];
        for (int row = 0; row < observed.length; row++) {
          probabilities(point, row, q);
          for (int c = 0; c < classes; c++) {
            double slope = (q[c] - (observed[row] == c ? 1 : 0)) / observed.length;
            if (kind == Kind.TEMPERATURE) {
              gradient[0] += slope * logs[row][c];
            } else {
              gradient[c] += slope * logs[row][c];
              gradient[classes + c] += slope;
            }
          }
        }
        double[] neutral = neutral();
        for (int k = 0; k < point.length; k++) {
          gradient[k] += 2 * PENALTY * (point[k] - neutral[k]);
        }
        return gradient;
      };
    }
  }
}
