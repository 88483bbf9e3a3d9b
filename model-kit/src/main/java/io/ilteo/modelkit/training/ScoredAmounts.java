package io.ilteo.modelkit.training;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Predicted amounts beside observed ones.
 *
 * @param sequences [n] where each row comes from
 * @param observed [n], positive
 * @param predicted [n]
 */
@SuppressWarnings("ArrayRecordComponent")
public record ScoredAmounts(int[] sequences, double[] observed, double[] predicted)
    implements Scored {
  @Override
  public Map<String, Double> metrics() {
    return RegressionMetrics.of(observed, predicted);
  }

  @Override
  public ScoredAmounts select(int[] rows) {
    return new ScoredAmounts(
        IntStream.of(rows).map(row -> sequences[row]).toArray(),
        Arrays.stream(rows).mapToDouble(row -> observed[row]).toArray(),
        Arrays.stream(rows).mapToDouble(row -> predicted[row]).toArray());
  }
}
