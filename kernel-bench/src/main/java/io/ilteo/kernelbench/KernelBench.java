package io.ilteo.kernelbench;

import io.ilteo.modelkit.bench.Arguments;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs JMH benchmarks and prints the median of iterations, one JSON object a line.
 *
 * <p>Takes the arguments of JMH itself: {@code StageBenchmark -p kind=LSTM}.
 */
public final class KernelBench {
  private static final double MEDIAN = 50;

  private KernelBench() {}

  /**
   * Runs the benchmarks that {@code arguments} choose, all of them by default.
   *
   * @param arguments those of JMH
   */
  public static void main(String[] arguments) throws CommandLineOptionException, RunnerException {
    String[] own =
        Arrays.stream(arguments).filter(given -> !given.equals("--json")).toArray(String[]::new);
    for (RunResult result : new Runner(new CommandLineOptions(own)).run()) {
      Map<String, Object> parameters = new TreeMap<>();
      for (String name : result.getParams().getParamsKeys()) {
        parameters.put(name, result.getParams().getParam(name));
      }
      String benchmark = result.getParams().getBenchmark();
      System.out.println(
          Arguments.line(
              benchmark.substring(benchmark.lastIndexOf('.') + 1),
              result.getPrimaryResult().getStatistics().getPercentile(MEDIAN),
              result.getPrimaryResult().getScoreUnit(),
              parameters));
    }
  }
}
