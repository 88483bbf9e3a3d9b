package io.ilteo.modelkit.training;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.recurrent.SequenceNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How much worse networks answer when they see another person's value of one column (Breiman 2001;
 * Fisher, Rudin and Dominici 2019).
 *
 * <p>A column with everything made of it, a history at a time: to exchange the wage alone and leave
 * its lags and means would tell that no column matters. Histories are exchanged between sequences
 * observed in the same steps, so that no gap is filled and none is torn.
 */
public final class PermutationImportance {
  private final List<SequenceNetwork> networks;
  private final LearningProblem problem;
  private final Sequences training;
  private final Sequences scored;

  /** Of {@code networks} on a fold; the validation fold, lest the test fold be read for it. */
  public PermutationImportance(
      List<SequenceNetwork> networks, LearningProblem problem, PreparedData data) {
    this.networks = List.copyOf(networks);
    this.problem = problem;
    this.training = data.training();
    this.scored = data.validation();
  }

  /**
   * A column's importance.
   *
   * @param source the column, or what else inputs are made of
   * @param worsening by how much the metric gets worse, mean over repeats; about 0 for a column
   *     that does not count
   * @param deviation standard deviation over repeats
   */
  public record Importance(String source, double worsening, double deviation) {}

  /** What there is without exchange, and what each column adds to it, the most important first. */
  public record Result(double value, List<Importance> importances) {
    public Result {
      importances = List.copyOf(importances);
    }
  }

  /**
   * Measures all columns.
   *
   * @param minimize whether less of {@code metric} is better
   */
  public Result measure(String metric, boolean minimize, int repeats, long seed) {
    double value = value(new Batches(scored, 0), metric);
    Map<String, Columns> groups = groups();
    int[][] donors = donors(repeats, seed);
    List<Importance> importances = new ArrayList<>();
    groups.forEach(
        (source, columns) -> {
          double[] worse = new double[repeats];
          for (int r = 0; r < repeats; r++) {
            Batches exchanged =
                new Batches(
                    scored,
                    0,
                    new Batches.Exchange(ints(columns.inputs), ints(columns.codes), donors[r]));
            double change = value(exchanged, metric) - value;
            worse[r] = minimize ? change : -change;
          }
          double mean = Arrays.stream(worse).average().orElseThrow();
          double squares = Arrays.stream(worse).map(w -> (w - mean) * (w - mean)).sum();
          double deviation = repeats > 1 ? Math.sqrt(squares / (repeats - 1)) : 0;
          importances.add(new Importance(source, mean, deviation));
        });
    importances.sort(Comparator.comparingDouble(Importance::worsening).reversed());
    return new Result(value, importances);
  }

  private record Columns(List<Integer> inputs, List<Integer> codes) {}

  private Map<String, Columns> groups() {
    Map<String, Columns> groups = new LinkedHashMap<>();
    List<String> sources = scored.transform().inputSources();
    for (int input = 0; input < sources.size(); input++) {
      group(groups, sources.get(input)).inputs.add(input);
    }
    List<String> categories = scored.categoryNames();
    for (int code = 0; code < categories.size(); code++) {
      group(groups, categories.get(code)).codes.add(code);
    }
    return groups;
  }

  private static Columns group(Map<String, Columns> groups, String source) {
    return groups.computeIfAbsent(
        source, unseen -> new Columns(new ArrayList<>(), new ArrayList<>()));
  }

  /** For each repeat and sequence another one that was observed in the same steps. */
  private int[][] donors(int repeats, long seed) {
    Map<String, List<Integer>> alike = new LinkedHashMap<>();
    for (int i = 0; i < scored.size(); i++) {
      StringBuilder pattern = new StringBuilder();
      for (int step = 0; step < scored.steps(); step++) {
        pattern.append(scored.observed(i, step) ? '1' : '0');
      }
      alike.computeIfAbsent(pattern.toString(), unseen -> new ArrayList<>()).add(i);
    }
    SplittableRandom random = new SplittableRandom(seed);
    int[][] donors = new int[repeats][scored.size()];
    for (int[] repeat : donors) {
      for (List<Integer> members : alike.values()) {
        int[] givers = ints(members);
        for (int k = givers.length - 1; k > 0; k--) {
          int other = random.nextInt(k + 1);
          int drawn = givers[k];
          givers[k] = givers[other];
          givers[other] = drawn;
        }
        for (int k = 0; k < givers.length; k++) {
          repeat[members.get(k)] = givers[k];
        }
      }
    }
    return donors;
  }

  private double value(Batches batches, String metric) {
    int[] all = IntStream.range(0, scored.size()).toArray();
    return problem
        .score(scored, MeanOutputs.of(networks, batches, all), Trainer.sample(networks, training))
        .asServed()
        .metrics()
        .getOrDefault(metric, Double.NaN);
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
