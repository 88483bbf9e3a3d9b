package io.ilteo.tuner.domain.gp;

import io.ilteo.tuner.domain.numeric.Cholesky;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A Gaussian process over a growing record of trials.
 *
 * <p>Kernel parameters are fitted to prefixes of the record whose lengths follow a fixed schedule
 * (each about a tenth longer than the last), so they depend on the record alone; between fits the
 * Cholesky factor only grows.
 */
public final class Surrogate {
  private static final int MAX_FITTED = 200;

  private record Fit(double[][] inputs, double[] y, Kernel kernel, Cholesky factor) {}

  private @Nullable Fit last;

  /** Fits and conditions. X (n×d), y (n) in any units, all finite; n ≥ 1. */
  public synchronized GaussianProcess of(double[][] inputs, double[] y, boolean[] unordered) {
    int prefix = scheduled(y.length);
    double[][] fittedInputs = Arrays.copyOf(inputs, prefix);
    double[] fittedY = Arrays.copyOf(y, prefix);
    Fit fit = last;
    if (fit == null
        || !Arrays.equals(fit.y, fittedY)
        || !Arrays.deepEquals(fit.inputs, fittedInputs)) {
      Kernel kernel =
          KernelFit.fit(
              thinned(fittedInputs), Standardised.of(thinned(fittedY)).values(), unordered);
      fit = new Fit(fittedInputs, fittedY, kernel, new Cholesky(y.length));
    }
    GaussianProcess process =
        GaussianProcess.of(fit.kernel, inputs, Standardised.of(y).values(), fit.factor);
    boolean grows = fit.factor.size() <= y.length;
    last = grows ? new Fit(fit.inputs, fit.y, fit.kernel, firstRows(fit, process)) : fit;
    return process;
  }

  // Only the prefix is sure to be shared by the next caller: rows behind it may be fantasies.
  private static Cholesky firstRows(Fit fit, GaussianProcess process) {
    if (fit.factor.size() == fit.y.length) {
      return fit.factor;
    }
    return process.factor().prefix(fit.y.length);
  }

  private static int scheduled(int n) {
    int length = 1;
    while (length + Math.max(1, length / 10) <= n) {
      length += Math.max(1, length / 10);
    }
    return length;
  }

  private static double[][] thinned(double[][] rows) {
    int n = Math.min(rows.length, MAX_FITTED);
    double[][] thinned = new double[n][];
    Arrays.setAll(thinned, i -> rows[(int) ((long) i * rows.length / n)]);
    return thinned;
  }

  private static double[] thinned(double[] values) {
    int n = Math.min(values.length, MAX_FITTED);
    double[] thinned = new double[n];
    Arrays.setAll(thinned, i -> values[(int) ((long) i * values.length / n)]);
    return thinned;
  }
}
