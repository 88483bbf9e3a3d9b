package io.ilteo.modelkit.recurrent.loss;

import io.ilteo.modelkit.recurrent.RegressionLoss;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** How far a number is from its target. */
record RegressionHead(RegressionLoss loss) implements HeadLoss {
  // Of the log variance: beyond, one sequence could move the weights without bound.
  private static final double MAX_LOG_VARIANCE = 8;

  @Override
  public int rawOutputs() {
    return loss.outputs();
  }

  @Override
  public double lossAndGradient(float target, float[] raw, float[] gradient) {
    double error = (double) raw[0] - target;
    return switch (loss) {
      case RegressionLoss.Mse mse -> {
        gradient[0] = (float) (2 * error);
        yield error * error;
      }
      case RegressionLoss.Huber(double delta) -> {
        gradient[0] = (float) Math.clamp(error, -delta, delta);
        double size = Math.abs(error);
        yield size <= delta ? error * error / 2 : delta * (size - delta / 2);
      }
      case RegressionLoss.LogCosh logCosh -> {
        gradient[0] = (float) StrictMath.tanh(error);
        double size = Math.abs(error);
        yield size + StrictMath.log1p(StrictMath.exp(-2 * size)) - Math.log(2);
      }
      case RegressionLoss.Pinball(List<Double> quantiles) -> {
        double sum = 0;
        for (int k = 0; k < raw.length; k++) {
          double shortfall = (double) target - raw[k];
          double slope = shortfall >= 0 ? quantiles.get(k) : quantiles.get(k) - 1;
          gradient[k] = (float) -slope;
          sum += slope * shortfall;
        }
        yield sum;
      }
      case RegressionLoss.GaussianNll nll -> {
        double log = Math.clamp(raw[1], -MAX_LOG_VARIANCE, MAX_LOG_VARIANCE);
        double precision = StrictMath.exp(-log);
        double relative = error * error * precision;
        gradient[0] = (float) (error * precision);
        gradient[1] = log == raw[1] ? (float) ((1 - relative) / 2) : 0f;
        yield (log + relative) / 2;
      }
    };
  }

  @Override
  public float[] read(float[] raw) {
    float[] outputs = raw.clone();
    if (loss instanceof RegressionLoss.Pinball) {
      Arrays.sort(outputs);
    } else if (loss instanceof RegressionLoss.GaussianNll) {
      outputs[1] =
          (float) StrictMath.exp(Math.clamp(outputs[1], -MAX_LOG_VARIANCE, MAX_LOG_VARIANCE));
    }
    return outputs;
  }

  @Override
  public void readGradient(int output, float[] raw, float[] gradient) {
    Arrays.fill(gradient, 0f);
    if (loss instanceof RegressionLoss.Pinball) {
      int[] order =
          IntStream.range(0, raw.length)
              .boxed()
              .sorted((a, b) -> Float.compare(raw[a], raw[b]))
              .mapToInt(Integer::intValue)
              .toArray();
      gradient[order[output]] = 1f;
    } else if (loss instanceof RegressionLoss.GaussianNll && output == 1) {
      gradient[1] = Math.abs(raw[1]) < MAX_LOG_VARIANCE ? read(raw)[1] : 0f;
    } else {
      gradient[output] = 1f;
    }
  }
}
