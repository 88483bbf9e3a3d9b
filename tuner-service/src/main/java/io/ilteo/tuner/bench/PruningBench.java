package io.ilteo.tuner.bench;

import io.ilteo.tuner.domain.pruner.Pruners;
import io.ilteo.tuner.domain.sampler.Samplers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What pruners save: epochs, in all trials together, until a study has found a loss that one
 * configuration in 250 comes to, on {@link SimulatedTraining}s. A study that has not after 600
 * epochs counts as if it had then.
 *
 * <p>Arguments: {@code sampler=tpe,gp} and {@code pruner=none,median} by name, {@code tuned} or
 * {@code held-out} for one half of the families, {@code seeds=N} (default 20), and settings as
 * {@code sampler.NAME=VALUE} and {@code pruner.NAME=VALUE}.
 */
public final class PruningBench {
  private static final int LIMIT = 600;
  private static final int ONE_IN = 250;

  private final Map<String, Double> ofSampler = new TreeMap<>();
  private final Map<String, Double> ofPruner = new TreeMap<>();
  private final List<SimulatedTraining> families = new ArrayList<>();
  private List<String> samplers = List.of("random", "tpe", "gp");
  private List<String> pruners = List.of("none", "median", "successive_halving", "extrapolation");
  private int seeds = 20;

  private PruningBench(String[] arguments) {
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      if (argument.startsWith("--")) {
        // The launcher's --json: this prints nothing else.
        continue;
      }
      switch (parts[0]) {
        case "tuned" -> families.addAll(SimulatedTraining.TUNED);
        case "held-out" -> families.addAll(SimulatedTraining.HELD_OUT);
        case "seeds" -> seeds = Integer.parseInt(parts[1]);
        case "sampler" -> samplers = List.of(parts[1].split(",", -1));
        case "pruner" -> pruners = List.of(parts[1].split(",", -1));
        default -> setting(parts);
      }
    }
    if (families.isEmpty()) {
      families.addAll(List.of(SimulatedTraining.values()));
    }
  }

  private void setting(String[] parts) {
    if (parts.length == 2 && parts[0].startsWith("sampler.")) {
      ofSampler.put(parts[0].substring("sampler.".length()), Double.valueOf(parts[1]));
    } else if (parts.length == 2 && parts[0].startsWith("pruner.")) {
      ofPruner.put(parts[0].substring("pruner.".length()), Double.valueOf(parts[1]));
    } else {
      throw new IllegalArgumentException(
          parts[0]
              + " is unknown; there are tuned, held-out, seeds=, sampler=, pruner=, sampler.NAME= and"
              + " pruner.NAME=");
    }
  }

  public static void main(String[] arguments) {
    new PruningBench(arguments).run();
  }

  private void run() {
    for (SimulatedTraining family : families) {
      for (String sampler : samplers) {
        for (String pruner : pruners) {
          int[] epochs = new int[seeds];
          for (int seed = 0; seed < seeds; seed++) {
            epochs[seed] = epochs(family, sampler, pruner, seed);
          }
          report(family, sampler, pruner, epochs);
        }
      }
    }
  }

  private int epochs(SimulatedTraining family, String sampler, String pruner, long seed) {
    return epochsToGoal(family, sampler, ofSampler, pruner, ofPruner, seed);
  }

  /** Epochs until the goal with one seed, at most {@link #LIMIT}. */
  public static int epochsToGoal(
      SimulatedTraining family,
      String sampler,
      Map<String, Double> ofSampler,
      String pruner,
      Map<String, Double> ofPruner,
      long seed) {
    LearningTask task = family.task(seed);
    return new PrunedSearch(
            task,
            Samplers.named(sampler, ofSampler),
            Pruners.named(pruner, pruner.equals(Pruners.NONE) ? Map.of() : ofPruner),
            seed)
        .epochsUntil(task.oneIn(ONE_IN, PrunedSearch.EPOCHS, seed), LIMIT);
  }

  private void report(SimulatedTraining family, String sampler, String pruner, int[] epochs) {
    Map<String, Object> parameters =
        Map.of(
            "training",
            family.name().toLowerCase(Locale.ROOT),
            "sampler",
            sampler,
            "pruner",
            pruner,
            "seeds",
            seeds);
    double meanLog = Arrays.stream(epochs).mapToDouble(Math::log).average().orElseThrow();
    long reached = Arrays.stream(epochs).filter(count -> count < LIMIT).count();
    double median = RegretBench.median(Arrays.stream(epochs).asDoubleStream().toArray());
    Json.print("median_epochs_to_goal", median, "epochs", parameters);
    Json.print("geometric_mean_epochs_to_goal", Math.exp(meanLog), "epochs", parameters);
    Json.print("studies_at_goal", (double) reached / seeds, "1", parameters);
  }
}
