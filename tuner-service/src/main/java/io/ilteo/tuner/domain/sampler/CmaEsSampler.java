package io.ilteo.tuner.domain.sampler;

import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.space.SearchSpace;
import io.ilteo.tuner.domain.study.Settings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * CMA-ES (Hansen 2016, arXiv 1604.00772) on unit-cube coordinates, asynchronous: each whole block
 * of λ trials with a value, in the order in which they ended, is one generation. A trial draws from
 * the distribution after the last whole block, so late and imported trials are injected solutions
 * (Hansen 2011, arXiv 1110.4181).
 *
 * <p>For one objective; several are summed as ranks. Unordered choices are treated as ordered;
 * prefer TPE where they matter. Parameters that do not exist in a trial count as the mean.
 */
final class CmaEsSampler implements Sampler {
  private static final int MAX_DRAWS = 100;

  private final double initialStep;
  private final int wantedPopulation;
  private final Sampler otherwise = new RandomSampler();
  private @Nullable Replay last;

  /** The distribution after {@code used} trials of a space. */
  private record Replay(SearchSpace space, List<FinishedTrial> used, CmaEsState state) {}

  CmaEsSampler(Settings settings) {
    initialStep = settings.number("sigma0", 0.25, 0.001, 1);
    wantedPopulation = settings.integer("population", 0, 0, 10_000);
  }

  @Override
  public Configuration suggest(SearchSpace space, long seed, int number, History history) {
    CmaEsState state = replay(space, history);
    RandomGenerator random = TrialRandom.of(seed, number);
    for (int draw = 0; draw < MAX_DRAWS; draw++) {
      double[] x = state.sample(random);
      boolean inside = true;
      for (int k = 0; k < x.length; k++) {
        inside &= x[k] >= 0 && x[k] <= 1;
        x[k] = Math.clamp(x[k], 0, 1);
      }
      // Redraw what lies outside half of the time; else repair, lest an optimum at a bound be lost.
      if (inside || draw >= MAX_DRAWS / 2) {
        Configuration configuration = space.fromUnit(x);
        if (space.admits(configuration)) {
          return configuration;
        }
      }
    }
    return otherwise.suggest(space, seed, number, history);
  }

  private CmaEsState replay(SearchSpace space, History history) {
    List<FinishedTrial> valued =
        history.finished().stream().filter(trial -> !trial.failed()).toList();
    int d = space.parameters().size();
    int population =
        wantedPopulation >= 4 ? wantedPopulation : 4 + (int) Math.floor(3 * Math.log(d));
    int whole = valued.size() / population * population;
    Replay known = known(space, valued.subList(0, whole));
    int from = known == null ? 0 : known.used.size();
    CmaEsState state = known == null ? CmaEsState.initial(d, population, initialStep) : known.state;
    for (int start = from; start < whole; start += population) {
      state = state.next(ranked(space, valued.subList(start, start + population), state.mean()));
    }
    synchronized (this) {
      last = new Replay(space, List.copyOf(valued.subList(0, whole)), state);
    }
    return state;
  }

  private synchronized @Nullable Replay known(SearchSpace space, List<FinishedTrial> valued) {
    Replay known = last;
    if (known == null || !known.space.equals(space) || known.used.size() > valued.size()) {
      return null;
    }
    for (int i = 0; i < known.used.size(); i++) {
      if (known.used.get(i) != valued.get(i)) {
        return null;
      }
    }
    return known;
  }

  /** Coordinates of a generation, best first; ties keep the order in which they ended. */
  private static List<double[]> ranked(
      SearchSpace space, List<FinishedTrial> generation, double[] mean) {
    double[] score = new double[generation.size()];
    for (int i = 0; i < score.length; i++) {
      for (int j = 0; j < score.length; j++) {
        score[i] += beats(generation.get(j), generation.get(i));
      }
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < score.length; i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingDouble(i -> score[i]));
    List<double[]> ranked = new ArrayList<>();
    for (int i : order) {
      double[] x = EncodedHistory.encode(space, generation.get(i).configuration());
      for (int k = 0; k < x.length; k++) {
        x[k] = Double.isNaN(x[k]) ? mean[k] : x[k];
      }
      ranked.add(x);
    }
    return ranked;
  }

  /** In how many objectives a is better than b; all of them if b is the more infeasible. */
  private static int beats(FinishedTrial a, FinishedTrial b) {
    if (a.violation() != b.violation()) {
      return a.violation() < b.violation() ? a.losses().size() : 0;
    }
    int wins = 0;
    for (int m = 0; m < a.losses().size(); m++) {
      wins += a.losses().get(m) < b.losses().get(m) ? 1 : 0;
    }
    return wins;
  }
}
