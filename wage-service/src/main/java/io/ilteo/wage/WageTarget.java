package io.ilteo.wage;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.feature.WageScale;
import io.ilteo.modelkit.panel.feature.WageTransform;
import io.ilteo.modelkit.training.PreparedData;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What is learned of a wage: the change of the standardised log or level from the last observed
 * wage (from the mean where none was observed), so that who has learned nothing yet predicts last
 * year's wage.
 *
 * @param transform between a wage and the standardised quantity
 * @param deflated whether wages are divided by the last input year's prices before
 */
record WageTarget(WageTransform transform, boolean deflated) {
  /** Learns mean and deviation on the training fold. */
  static WageTarget fit(PreparedData data, WageScale scale, boolean deflated) {
    if (deflated) {
      return new WageTarget(data.wages(scale), true);
    }
    Sequences training = data.training();
    WageTransform plain = new WageTransform(scale, 0, 1);
    double[] values =
        IntStream.range(0, training.size())
            .filter(training::hasWage)
            .mapToDouble(i -> plain.toModel(training.wage(i), 1))
            .toArray();
    double mean = IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElse(0);
    double squares =
        IntStream.range(0, values.length)
            .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
            .average()
            .orElse(1);
    return new WageTarget(new WageTransform(scale, mean, Math.sqrt(squares)), false);
  }

  /** The number to be learned; NaN where the target wage is unknown. */
  double encode(Sequences sequences, int i) {
    return sequences.hasWage(i)
        ? transform.toModel(sequences.wage(i), prices(sequences, i)) - start(sequences, i)
        : Double.NaN;
  }

  /** The nominal wage that a learned number stands for; in logs, the median. */
  double decode(Sequences sequences, int i, double output) {
    return transform.fromModel(start(sequences, i) + output, prices(sequences, i));
  }

  /**
   * What turns decoded medians in logs into means: the slope of observed on decoded wages through
   * the origin (Wooldridge, Introductory Econometrics, 5th ed., section 6.4), which unlike the mean
   * ratio (Duan 1983) one tiny prediction cannot move. 1 for levels.
   *
   * @param size sequences with a decoded wage, the first of {@code sequences}
   * @param decoded nominal wage by sequence
   */
  double smearing(Sequences sequences, int size, IntToDoubleFunction decoded) {
    if (transform.scale() == WageScale.LEVEL) {
      return 1;
    }
    double products = 0;
    double squares = 0;
    for (int i = 0; i < size; i++) {
      if (sequences.hasWage(i)) {
        double median = decoded.applyAsDouble(i);
        products += median * sequences.wage(i);
        squares += median * median;
      }
    }
    return squares == 0 ? 1 : products / squares;
  }

  private double start(Sequences sequences, int i) {
    float last = sequences.lastWage(i);
    return Float.isNaN(last) ? 0 : transform.toModel(last, prices(sequences, i));
  }

  private double prices(Sequences sequences, int i) {
    return deflated ? sequences.priceLevel(i) : 1;
  }
}
