package io.ilteo.tuner.domain.sampler;

import io.ilteo.tuner.domain.pareto.Dominance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which trials are good: feasible before infeasible, then by loss or by Pareto front. */
final class Ranking {
  private Ranking() {}

  /** Indexes of the best {@code count} trials that gave a value, best first; fewer if fewer did. */
  static int[] best(List<FinishedTrial> trials, int count) {
    int objectives = 0;
    for (int i = 0; objectives == 0 && i < trials.size(); i++) {
      objectives = trials.get(i).losses().size();
    }
    return objectives > 1 ? bestOfSeveral(trials, count) : bestOfOne(trials, count);
  }

  /** Whether a is better than b for a single objective; neither failed. */
  static boolean better(FinishedTrial a, FinishedTrial b) {
    if (a.violation() > 0 || b.violation() > 0) {
      return a.violation() < b.violation();
    }
    return a.losses().getFirst() < b.losses().getFirst();
  }

  // Insertion into a short sorted array: O(n) where few are wanted, and stable.
  private static int[] bestOfOne(List<FinishedTrial> trials, int count) {
    int[] best = new int[Math.min(count, trials.size())];
    int held = 0;
    for (int i = 0; i < trials.size(); i++) {
      FinishedTrial trial = trials.get(i);
      if (trial.failed()
          || best.length == 0
          || (held == best.length && !better(trial, trials.get(best[held - 1])))) {
        continue;
      }
      int place = held < best.length ? held++ : held - 1;
      while (place > 0 && better(trial, trials.get(best[place - 1]))) {
        best[place] = best[place - 1];
        place--;
      }
      best[place] = i;
    }
    return Arrays.copyOf(best, held);
  }

  private static int[] bestOfSeveral(List<FinishedTrial> trials, int count) {
    List<Integer> valued = new ArrayList<>();
    List<Dominance.Point> points = new ArrayList<>();
    for (int i = 0; i < trials.size(); i++) {
      if (!trials.get(i).failed()) {
        valued.add(i);
        points.add(point(trials.get(i)));
      }
    }
    return Dominance.best(points, count).stream().mapToInt(valued::get).toArray();
  }

  static Dominance.Point point(FinishedTrial trial) {
    return new Dominance.Point(
        trial.losses().stream().mapToDouble(Double::doubleValue).toArray(), trial.violation());
  }
}
