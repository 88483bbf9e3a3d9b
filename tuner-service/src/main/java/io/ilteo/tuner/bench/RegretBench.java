package io.ilteo.tuner.bench;

import io.ilteo.tuner.domain.sampler.FinishedTrial;
import io.ilteo.tuner.domain.sampler.History;
import io.ilteo.tuner.domain.sampler.Sampler;
import io.ilteo.tuner.domain.sampler.Samplers;
import io.ilteo.tuner.domain.space.Configuration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Median simple regret of samplers on analytic functions, after 25, 50 and 100 evaluations.
 *
 * <p>Arguments: samplers by name (default {@code random tpe gp}), {@code tuned} or {@code held-out}
 * for one half of the functions, {@code seeds=N} (default 30), and a sampler's settings as {@code
 * name=value}.
 */
public final class RegretBench {
  private static final int[] EVALUATIONS = {25, 50, 100};
  private static final int DEFAULT_SEEDS = 30;

  private RegretBench() {}

  public static void main(String[] arguments) {
    List<String> names = new ArrayList<>();
    List<AnalyticFunction> functions = new ArrayList<>();
    Map<String, Double> settings = new TreeMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (argument.startsWith("--")) {
        // The launcher's --json: this prints nothing else.
        continue;
      }
      if (argument.equals("tuned") || argument.equals("held-out")) {
        functions.addAll(
            argument.equals("tuned") ? AnalyticFunction.TUNED : AnalyticFunction.HELD_OUT);
      } else if (equals < 0) {
        names.add(argument);
      } else {
        settings.put(argument.substring(0, equals), Double.valueOf(argument.substring(equals + 1)));
      }
    }
    Double wanted = settings.remove("seeds");
    int seeds = wanted == null ? DEFAULT_SEEDS : wanted.intValue();
    for (String name : names.isEmpty() ? List.of("random", "tpe", "gp") : names) {
      for (AnalyticFunction function :
          functions.isEmpty() ? List.of(AnalyticFunction.values()) : functions) {
        report(name, settings, function, seeds);
      }
    }
  }

  private static void report(
      String name, Map<String, Double> settings, AnalyticFunction function, int seeds) {
    double[][] regrets = new double[EVALUATIONS.length][seeds];
    for (int seed = 0; seed < seeds; seed++) {
      double[] best = bestSoFar(Samplers.named(name, settings), function, seed);
      for (int e = 0; e < EVALUATIONS.length; e++) {
        regrets[e][seed] = best[EVALUATIONS[e] - 1];
      }
    }
    for (int e = 0; e < EVALUATIONS.length; e++) {
      Json.print(
          "median_simple_regret",
          median(regrets[e]),
          "loss",
          Map.of(
              "sampler",
              name,
              "function",
              function.name().toLowerCase(Locale.ROOT),
              "evaluations",
              EVALUATIONS[e],
              "seeds",
              seeds));
    }
  }

  /** Least regret after each evaluation of a run with one seed. */
  public static double[] bestSoFar(Sampler sampler, AnalyticFunction function, long seed) {
    double[] best = new double[EVALUATIONS[EVALUATIONS.length - 1]];
    List<FinishedTrial> finished = new ArrayList<>();
    for (int number = 1; number <= best.length; number++) {
      Configuration configuration =
          sampler.suggest(function.space(), seed, number, new History(finished, List.of()));
      double regret = function.regret(configuration);
      finished.add(new FinishedTrial(number, configuration, List.of(regret), 0));
      best[number - 1] = number == 1 ? regret : Math.min(best[number - 2], regret);
    }
    return best;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }
}
