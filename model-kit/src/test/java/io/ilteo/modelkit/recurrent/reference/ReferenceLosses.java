package io.ilteo.modelkit.recurrent.reference;

import io.ilteo.modelkit.recurrent.HeadSpec;
import io.ilteo.modelkit.recurrent.RegressionLoss;
import java.util.List;

/** Losses of one sequence, and what raw outputs mean. */
final class ReferenceLosses {
  private final Tape tape;

  ReferenceLosses(Tape tape) {
    this.tape = tape;
  }

  int loss(HeadSpec head, int[] raw, double target) {
    return switch (head) {
      case HeadSpec.Regression regression -> regression(regression.loss(), raw, target);
      case HeadSpec.Softmax softmax -> softmax(softmax, raw, (int) target);
      case HeadSpec.Coral coral ->
          tape.scale(binary(raw, raw.length, (int) target), coral.classWeights().get((int) target));
      case HeadSpec.Corn corn ->
          tape.scale(
              binary(raw, Math.min(raw.length, (int) target + 1), (int) target),
              corn.classWeights().get((int) target));
    };
  }

  private int regression(RegressionLoss loss, int[] raw, double target) {
    int error = tape.subtract(raw[0], tape.of(target));
    int size = tape.abs(error);
    return switch (loss) {
      case RegressionLoss.Mse mse -> tape.multiply(error, error);
      case RegressionLoss.Huber(double delta) ->
          tape.value(size) <= delta
              ? tape.scale(tape.multiply(error, error), 0.5)
              : tape.scale(tape.subtract(size, tape.of(delta / 2)), delta);
      case RegressionLoss.LogCosh logCosh ->
          tape.log(tape.scale(tape.add(tape.exp(error), tape.exp(tape.scale(error, -1))), 0.5));
      case RegressionLoss.Pinball(List<Double> quantiles) -> {
        int sum = tape.of(0);
        for (int k = 0; k < raw.length; k++) {
          int shortfall = tape.subtract(tape.of(target), raw[k]);
          double quantile = quantiles.get(k);
          sum =
              tape.add(
                  sum, tape.scale(shortfall, tape.value(shortfall) >= 0 ? quantile : quantile - 1));
        }
        yield sum;
      }
      case RegressionLoss.GaussianNll nll -> {
        int relative = tape.divide(tape.multiply(error, error), tape.exp(raw[1]));
        yield tape.scale(tape.add(raw[1], relative), 0.5);
      }
    };
  }

  private int[] probabilities(int[] raw) {
    int sum = tape.of(0);
    for (int each : raw) {
      sum = tape.add(sum, tape.exp(each));
    }
    int[] p = new int[raw.length];
    for (int c = 0; c < raw.length; c++) {
      p[c] = tape.divide(tape.exp(raw[c]), sum);
    }
    return p;
  }

  private int softmax(HeadSpec.Softmax head, int[] raw, int truth) {
    int[] p = probabilities(raw);
    int loss = tape.of(0);
    for (int c = 0; c < p.length; c++) {
      double q = head.labelSmoothing() / p.length + (c == truth ? 1 - head.labelSmoothing() : 0);
      int doubt =
          head.focalGamma() == 0
              ? tape.of(1)
              : tape.power(tape.subtract(tape.of(1), p[c]), head.focalGamma());
      loss = tape.add(loss, tape.scale(tape.multiply(doubt, tape.log(p[c])), -q));
    }
    return tape.scale(loss, head.classWeights().get(truth));
  }

  private int binary(int[] raw, int questions, int truth) {
    int loss = tape.of(0);
    for (int k = 0; k < questions; k++) {
      int p = tape.sigmoid(raw[k]);
      int said = truth > k ? p : tape.subtract(tape.of(1), p);
      loss = tape.subtract(loss, tape.log(said));
    }
    return loss;
  }

  /** Numbers, rising quantiles, mean and variance, or probabilities. */
  int[] read(HeadSpec head, int[] raw) {
    return switch (head) {
      case HeadSpec.Regression(String name, double weight, RegressionLoss.Pinball pinball) ->
          java.util.Arrays.stream(raw)
              .boxed()
              .sorted(java.util.Comparator.comparingDouble(tape::value))
              .mapToInt(Integer::intValue)
              .toArray();
      case HeadSpec.Regression(String name, double weight, RegressionLoss.GaussianNll nll) ->
          new int[] {raw[0], tape.exp(raw[1])};
      case HeadSpec.Regression regression -> raw;
      case HeadSpec.Softmax softmax -> probabilities(raw);
      case HeadSpec.Coral coral -> {
        int[] p = new int[raw.length + 1];
        int above = tape.of(1);
        for (int k = 0; k < raw.length; k++) {
          int next = tape.sigmoid(raw[k]);
          p[k] = tape.subtract(above, next);
          above = next;
        }
        p[raw.length] = above;
        yield p;
      }
      case HeadSpec.Corn corn -> {
        int[] p = new int[raw.length + 1];
        int reached = tape.of(1);
        for (int k = 0; k < raw.length; k++) {
          int above = tape.sigmoid(raw[k]);
          p[k] = tape.multiply(reached, tape.subtract(tape.of(1), above));
          reached = tape.multiply(reached, above);
        }
        p[raw.length] = reached;
        yield p;
      }
    };
  }
}
