package io.ilteo.tuner.bench;

import io.ilteo.tuner.domain.sampler.FinishedTrial;
import io.ilteo.tuner.domain.sampler.History;
import io.ilteo.tuner.domain.sampler.Sampler;
import io.ilteo.tuner.domain.sampler.Samplers;
import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.space.Domain.DoubleDomain;
import io.ilteo.tuner.domain.space.ParameterSpec;
import io.ilteo.tuner.domain.space.ParameterValue.DoubleValue;
import io.ilteo.tuner.domain.space.Scale;
import io.ilteo.tuner.domain.space.SearchSpace;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Cost of all suggestions of a study of 5 doubles whose objective is the sum of squares, in memory.
 *
 * <p>Arguments: {@code --sampler NAME} (default tpe), {@code --trials N} (default 1,000 and
 * 10,000).
 */
public final class SuggestBench {
  private static final int DIMENSIONS = 5;

  private SuggestBench() {}

  public static void main(String[] arguments) {
    String sampler = "tpe";
    int[] sizes = {1_000, 10_000};
    for (int i = 0; i + 1 < arguments.length; i++) {
      switch (arguments[i]) {
        case "--sampler" -> sampler = arguments[i + 1];
        case "--trials" -> sizes = new int[] {Integer.parseInt(arguments[i + 1])};
        default -> {}
      }
    }
    for (int trials : sizes) {
      measure(sampler, trials);
    }
  }

  private static void measure(String name, int trials) {
    SearchSpace space =
        new SearchSpace(
            IntStream.range(0, DIMENSIONS)
                .mapToObj(k -> ParameterSpec.of("x" + k, new DoubleDomain(-5, 5, Scale.LINEAR, 0)))
                .toList(),
            List.of());
    Sampler sampler = Samplers.named(name, Map.of());
    List<FinishedTrial> finished = new ArrayList<>();
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long wall = System.nanoTime();
    for (int number = 1; number <= trials; number++) {
      Configuration configuration =
          sampler.suggest(space, 0, number, new History(finished, List.of()));
      finished.add(new FinishedTrial(number, configuration, List.of(sphere(configuration)), 0));
    }
    Map<String, Object> parameters = Map.of("sampler", name, "trials", trials);
    Json.print("suggest_total_s", (System.nanoTime() - wall) / 1e9, "s", parameters);
    Json.print(
        "suggest_total_cpu_s",
        (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9,
        "s",
        parameters);
    Json.print(
        "suggest_best",
        finished.stream().mapToDouble(trial -> trial.losses().getFirst()).min().orElseThrow(),
        "loss",
        parameters);
  }

  private static double sphere(Configuration configuration) {
    double sum = 0;
    for (int k = 0; k < DIMENSIONS; k++) {
      double x = ((DoubleValue) configuration.require("x" + k)).value();
      sum += x * x;
    }
    return sum;
  }
}
