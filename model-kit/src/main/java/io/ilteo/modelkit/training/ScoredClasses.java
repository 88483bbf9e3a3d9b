package io.ilteo.modelkit.training;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Predicted class probabilities beside observed classes.
 *
 * @param sequences [n] where each row comes from
 * @param observed [n], 0 … k−1
 * @param probabilities [n][k], rows summing to 1
 * @param labels [k], what people call the classes
 */
@SuppressWarnings("ArrayRecordComponent")
public record ScoredClasses(
    int[] sequences, int[] observed, double[][] probabilities, List<String> labels)
    implements Scored {
  public ScoredClasses {
    labels = List.copyOf(labels);
  }

  @Override
  public Map<String, Double> metrics() {
    return ClassMetrics.of(observed, probabilities);
  }

  @Override
  public ScoredClasses select(int[] rows) {
    return new ScoredClasses(
        IntStream.of(rows).map(row -> sequences[row]).toArray(),
        IntStream.of(rows).map(row -> observed[row]).toArray(),
        Arrays.stream(rows).mapToObj(row -> probabilities[row]).toArray(double[][]::new),
        labels);
  }
}
