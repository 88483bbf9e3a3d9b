package io.ilteo.tuner.domain.sampler;

import io.ilteo.tuner.domain.sampler.ParzenEstimator.Bandwidth;
import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.space.Domain;
import io.ilteo.tuner.domain.space.SearchSpace;
import io.ilteo.tuner.domain.study.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Tree-structured Parzen estimator, multivariate and grouped (Bergstra et al. 2011; Watanabe 2023,
 * arXiv 2304.11127).
 *
 * <p>Notation. D trials so far, D⁽ˡ⁾ the ⌈γ·|D|⌉ best of them, D⁽ᵍ⁾ the others; l and g the
 * densities of their configurations. Draws candidates from l and takes the one with the largest
 * l(x)/g(x), which for this model maximises expected improvement (Bergstra et al. 2011, section
 * 4.1).
 *
 * <ul>
 *   <li>Trials that failed, and configurations still running (constant liar), stand in D⁽ᵍ⁾.
 *   <li>Infeasible trials rank behind feasible ones; several objectives rank by Pareto front and
 *       crowding.
 *   <li>Parameters under the same condition form a group with densities of its own, drawn after its
 *       parent's group.
 * </ul>
 */
final class TpeSampler implements Sampler {
  // Trials in full weight at the end of the history; older ones fade (Bergstra et al. 2013).
  private static final int FULL_WEIGHT = 25;

  private final int startup;
  private final int candidates;
  private final double goodShare;
  private final int maxGood;
  private final Bandwidth goodBandwidth;
  private final Bandwidth otherBandwidth;
  private final Sampler first;
  private final EncodedHistory.Cache cache = new EncodedHistory.Cache();

  TpeSampler(Settings settings) {
    startup = settings.integer("startup_trials", 10, 1, 10_000);
    candidates = settings.integer("candidates", 24, 1, 10_000);
    goodShare = settings.number("good_share", 0.1, 0.001, 0.9);
    maxGood = settings.integer("max_good", 25, 1, 10_000);
    double prior = settings.number("prior_weight", 1.0, 1e-6, 1e6);
    double floor = settings.number("bandwidth_floor_divisor", 100, 2, 1e6);
    goodBandwidth = new Bandwidth(settings.number("bandwidth", 0.2, 0.001, 10), floor, 0.5, prior);
    otherBandwidth =
        new Bandwidth(settings.number("other_bandwidth", 0.2, 0.001, 10), floor, 0.5, prior);
    first = new RandomSampler();
  }

  @Override
  public Configuration suggest(SearchSpace space, long seed, int number, History history) {
    int[] good = Ranking.best(history.finished(), goodCount(history.finished()));
    if (good.length == 0 || history.finished().size() < startup) {
      return first.suggest(space, seed, number, history);
    }
    RandomGenerator random = TrialRandom.of(seed, number);
    Observations observations = Observations.of(space, history, cache);
    double[] unit = new double[space.parameters().size()];
    Arrays.fill(unit, 0.5);
    boolean root = true;
    for (int[] group : ParameterGroups.of(space)) {
      // Groups are drawn whether or not they exist here; space.fromUnit drops those that do not.
      if (group.length > 0 && !propose(space, group, observations, good, unit, random)) {
        if (root) {
          return first.suggest(space, seed, number, history);
        }
      }
      root = false;
    }
    Configuration configuration = space.fromUnit(unit);
    return space.admits(configuration)
        ? configuration
        : first.suggest(space, seed, number, history);
  }

  private int goodCount(List<FinishedTrial> finished) {
    return Math.min(maxGood, (int) Math.ceil(goodShare * finished.size()));
  }

  /** Sets the group's coordinates; false if no candidate was admissible. */
  private boolean propose(
      SearchSpace space,
      int[] group,
      Observations observations,
      int[] good,
      double[] unit,
      RandomGenerator random) {
    List<Domain> domains = new ArrayList<>();
    for (int p : group) {
      domains.add(space.parameters().get(p).domain());
    }
    int[] others = observations.without(good, group[0]);
    int[] best = observations.existing(good, group[0]);
    Arrays.sort(best);
    ParzenEstimator l =
        new ParzenEstimator(
            observations.columns(group, best), weights(best.length), domains, goodBandwidth);
    ParzenEstimator g =
        new ParzenEstimator(
            observations.columns(group, others), weights(others.length), domains, otherBandwidth);
    double highest = Double.NEGATIVE_INFINITY;
    double[] trial = unit.clone();
    for (int c = 0; c < candidates; c++) {
      double[] x = l.sample(random);
      for (int k = 0; k < x.length; k++) {
        x[k] = snap(domains.get(k), x[k]);
        trial[group[k]] = x[k];
      }
      if (!space.constraints().isEmpty() && !space.admits(space.fromUnit(trial))) {
        continue;
      }
      // Most candidates are known to be no better long before g is summed up.
      double among = l.logDensity(x);
      double score = among - g.logDensity(x, among - highest);
      if (score > highest) {
        highest = score;
        for (int k = 0; k < x.length; k++) {
          unit[group[k]] = x[k];
        }
      }
    }
    return highest > Double.NEGATIVE_INFINITY;
  }

  private static double snap(Domain domain, double unit) {
    return domain.cardinality() == Long.MAX_VALUE ? unit : domain.toUnit(domain.fromUnit(unit));
  }

  /** Weights rise linearly from 1/n to 1 over the older part of the history. */
  private static double[] weights(int n) {
    double[] weights = new double[n];
    Arrays.fill(weights, 1);
    int fading = n - FULL_WEIGHT;
    for (int i = 0; i < fading; i++) {
      weights[i] = fading == 1 ? 1.0 / n : 1.0 / n + i * (1 - 1.0 / n) / (fading - 1);
    }
    return weights;
  }
}
