package io.ilteo.tuner.domain.analysis;

import io.ilteo.tuner.domain.gp.GaussianProcess;
import io.ilteo.tuner.domain.gp.GaussianProcess.Posterior;
import io.ilteo.tuner.domain.gp.Standardised;
import io.ilteo.tuner.domain.gp.Surrogate;
import io.ilteo.tuner.domain.sampler.FinishedTrial;
import io.ilteo.tuner.domain.sampler.TrialRandom;
import io.ilteo.tuner.domain.space.Domain.CategoricalDomain;
import io.ilteo.tuner.domain.space.SearchSpace;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * An estimated bound on how far the best trial is from the optimum (Makarova et al. 2022,
 * "Automatic termination for hyperparameter optimization", eq. 4):
 *
 * <p>min over trials of μ + √β·σ, less min over the space of μ − √β·σ, β = 0.4·log(d·n²·π²/0.6), a
 * fifth of the theory's, as there. The space is searched at random points. In the objective's own
 * units.
 */
public final class RegretBound {
  /** Trials with a value below which there is no bound. */
  public static final int MIN_TRIALS = 10;

  /** The latest trials that the estimate rests on. */
  public static final int MAX_TRIALS = 300;

  private static final int POINTS = 512;
  private static final double DELTA = 0.1;
  private static final long SEED = 2_022;

  private final Surrogate surrogate = new Surrogate();

  /** The bound after the given trials, of one objective; empty with too few. */
  public OptionalDouble after(SearchSpace space, List<FinishedTrial> trials, int objective) {
    UnitTrials all = UnitTrials.of(space, trials, objective);
    if (all.size() < MIN_TRIALS) {
      return OptionalDouble.empty();
    }
    int from = Math.max(0, all.size() - MAX_TRIALS);
    double[][] x = Arrays.copyOfRange(all.x(), from, all.size());
    double[] y = Arrays.copyOfRange(all.losses(), from, all.size());
    Arrays.setAll(x, i -> Arrays.stream(x[i]).map(u -> Double.isNaN(u) ? 0.5 : u).toArray());
    int d = space.parameters().size();
    boolean[] unordered = new boolean[d];
    for (int p = 0; p < d; p++) {
      unordered[p] = space.parameters().get(p).domain() instanceof CategoricalDomain;
    }
    GaussianProcess process = surrogate.of(x, y, unordered);
    double n = y.length;
    double rootBeta =
        Math.sqrt(0.4 * Math.log(Math.max(2, d * n * n * Math.PI * Math.PI / (6 * DELTA))));
    double upper = Double.POSITIVE_INFINITY;
    double lower = Double.POSITIVE_INFINITY;
    for (double[] point : x) {
      Posterior posterior = process.predict(point);
      upper = Math.min(upper, posterior.mean() + rootBeta * posterior.deviation());
      lower = Math.min(lower, posterior.mean() - rootBeta * posterior.deviation());
    }
    RandomGenerator random = TrialRandom.of(SEED, y.length);
    for (double[] point :
        IntStream.range(0, POINTS)
            .mapToObj(i -> random.doubles(d).toArray())
            .toArray(double[][]::new)) {
      Posterior posterior = process.predict(point);
      lower = Math.min(lower, posterior.mean() - rootBeta * posterior.deviation());
    }
    return OptionalDouble.of((upper - lower) * Standardised.of(y).unit());
  }
}
