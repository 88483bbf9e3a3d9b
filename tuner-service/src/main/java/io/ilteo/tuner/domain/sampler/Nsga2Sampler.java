package io.ilteo.tuner.domain.sampler;

import io.ilteo.tuner.domain.pareto.Dominance;
import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.space.Domain;
import io.ilteo.tuner.domain.space.SearchSpace;
import io.ilteo.tuner.domain.study.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * NSGA-II (Deb, Pratap, Agarwal, Meyarivan 2002), steady between generations: the parents are the
 * best N of everything that had finished when the last whole block of N had, chosen by front, then
 * crowding distance, constraints first (section VI).
 *
 * <p>Children come from two binary tournaments, simulated binary crossover with index η_c and
 * polynomial mutation with index η_m (Deb and Agrawal 1995) on unit-cube coordinates; unordered
 * choices are swapped and redrawn instead.
 */
final class Nsga2Sampler implements Sampler {
  private static final int MAX_CHILDREN = 100;

  private final int population;
  private final double crossover;
  private final double crossoverIndex;
  private final double mutationIndex;
  private final Sampler first = new RandomSampler();

  Nsga2Sampler(Settings settings) {
    population = settings.integer("population", 32, 4, 10_000);
    crossover = settings.number("crossover_probability", 0.9, 0, 1);
    crossoverIndex = settings.number("crossover_index", 15, 0, 1_000);
    mutationIndex = settings.number("mutation_index", 20, 0, 1_000);
  }

  @Override
  public Configuration suggest(SearchSpace space, long seed, int number, History history) {
    List<FinishedTrial> valued =
        history.finished().stream().filter(trial -> !trial.failed()).toList();
    int whole = valued.size() / population * population;
    if (whole == 0) {
      return first.suggest(space, seed, number, history);
    }
    List<Dominance.Point> points = valued.subList(0, whole).stream().map(Ranking::point).toList();
    List<Integer> parents = Dominance.best(points, population);
    RandomGenerator random = TrialRandom.of(seed, number);
    for (int i = 0; i < MAX_CHILDREN; i++) {
      double[] mother = coordinates(space, valued.get(tournament(parents, random)), random);
      double[] father = coordinates(space, valued.get(tournament(parents, random)), random);
      double[] child = mutate(space, cross(space, mother, father, random), random);
      Configuration configuration = space.fromUnit(child);
      if (space.admits(configuration)) {
        return configuration;
      }
    }
    return first.suggest(space, seed, number, history);
  }

  // Parents stand best first, so the lower place wins: rank, then crowding within the last front.
  private static int tournament(List<Integer> parents, RandomGenerator random) {
    int size = parents.size();
    return parents.get(Math.min(random.nextInt(size), random.nextInt(size)));
  }

  private static double[] coordinates(
      SearchSpace space, FinishedTrial trial, RandomGenerator random) {
    double[] unit = EncodedHistory.encode(space, trial.configuration());
    for (int p = 0; p < unit.length; p++) {
      if (Double.isNaN(unit[p])) {
        unit[p] = random.nextDouble();
      }
    }
    return unit;
  }

  private double[] cross(SearchSpace space, double[] a, double[] b, RandomGenerator random) {
    double[] child = a.clone();
    if (random.nextDouble() >= crossover) {
      return child;
    }
    for (int p = 0; p < child.length; p++) {
      boolean swap = random.nextBoolean();
      double u = random.nextDouble();
      if (space.parameters().get(p).domain() instanceof Domain.CategoricalDomain) {
        child[p] = swap ? b[p] : a[p];
      } else {
        double beta =
            u <= 0.5
                ? Math.pow(2 * u, 1 / (crossoverIndex + 1))
                : Math.pow(1 / (2 * (1 - u)), 1 / (crossoverIndex + 1));
        double sign = swap ? -1 : 1;
        child[p] = Math.clamp(0.5 * ((1 + sign * beta) * a[p] + (1 - sign * beta) * b[p]), 0, 1);
      }
    }
    return child;
  }

  private double[] mutate(SearchSpace space, double[] x, RandomGenerator random) {
    List<Integer> mutable = new ArrayList<>();
    for (int p = 0; p < x.length; p++) {
      if (space.parameters().get(p).domain().cardinality() > 1) {
        mutable.add(p);
      }
    }
    for (int p : mutable) {
      boolean chosen = random.nextDouble() * mutable.size() < 1;
      double u = random.nextDouble();
      if (!chosen) {
        continue;
      }
      if (space.parameters().get(p).domain() instanceof Domain.CategoricalDomain) {
        x[p] = u;
      } else {
        double power = 1 / (mutationIndex + 1);
        double step = u < 0.5 ? Math.pow(2 * u, power) - 1 : 1 - Math.pow(2 * (1 - u), power);
        x[p] = Math.clamp(x[p] + step, 0, 1);
      }
    }
    return x;
  }
}
