package io.ilteo.wage;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.feature.WageScale;
import io.ilteo.modelkit.panel.feature.WageTransform;
import io.ilteo.modelkit.training.PreparedData;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What is learned of a wage: its standardised log or level, or the change of that from the last
 * observed wage.
 *
 * @param transform between a wage and the standardised quantity
 * @param deflated whether wages are divided by the last input year's prices before
 * @param change whether the last observed wage (the mean where there is none) is where learning
 *     starts from, so that who has learned nothing yet predicts last year's wage
 */
record WageTarget(WageTransform transform, boolean deflated, boolean change) {
  /** The wage itself, in the panel's unit: what the origin report learned. */
  static final WageTarget UNSCALED =
      new WageTarget(new WageTransform(WageScale.LEVEL, 0, 1), false, false);

  /** A change; learns mean and deviation on the training fold. */
  static WageTarget changes(PreparedData data, WageScale scale, boolean deflated) {
    return new WageTarget(transform(data, scale, deflated), deflated, true);
  }

  /** The standardised nominal level; learns mean and deviation on the training fold. */
  static WageTarget levels(PreparedData data) {
    return new WageTarget(transform(data, WageScale.LEVEL, false), false, false);
  }

  private static WageTransform transform(PreparedData data, WageScale scale, boolean deflated) {
    if (deflated) {
      return data.wages(scale);
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
    return new WageTransform(scale, mean, Math.sqrt(squares));
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
   * @param rows some of {@code sequences}
   * @param decoded nominal wage by index into {@code rows}
   */
  double smearing(Sequences sequences, int[] rows, IntToDoubleFunction decoded) {
    if (transform.scale() == WageScale.LEVEL) {
      return 1;
    }
    double products = 0;
    double squares = 0;
    for (int k = 0; k < rows.length; k++) {
      if (sequences.hasWage(rows[k])) {
        double median = decoded.applyAsDouble(k);
        products += median * sequences.wage(rows[k]);
        squares += median * median;
      }
    }
    return squares == 0 ? 1 : products / squares;
  }

  private double start(Sequences sequences, int i) {
    if (!change) {
      return 0;
    }
    float last = sequences.lastWage(i);
    return Float.isNaN(last) ? 0 : transform.toModel(last, prices(sequences, i));
  }

  private double prices(Sequences sequences, int i) {
    return deflated ? sequences.priceLevel(i) : 1;
  }
}
