package io.ilteo.modelkit.recurrent;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A {@link RegressionLoss} as Deeplearning4j takes it: labels [B, outputs] with the target in the
 * first column, mask [B, 1], identity activation.
 *
 * <p>Public, and made of plain properties, because Deeplearning4j saves it with the network.
 */
public final class RegressionLossFunction implements ILossFunction {
  private static final long serialVersionUID = 1L;
  // Of the log variance: beyond, one sequence could move the weights without bound.
  private static final double MAX_LOG_VARIANCE = 8;

  private final String kind;
  private final List<Double> settings;
  private final double weight;
  private final transient RegressionLoss loss;

  /**
   * As it was saved.
   *
   * @param kind simple name of the loss
   * @param settings delta or quantiles
   * @param weight factor on everything
   */
  public RegressionLossFunction(
      @JsonProperty("kind") String kind,
      @JsonProperty("settings") List<Double> settings,
      @JsonProperty("weight") double weight) {
    this.kind = kind;
    this.settings = List.copyOf(settings);
    this.weight = weight;
    this.loss =
        switch (kind) {
          case "Mse" -> new RegressionLoss.Mse();
          case "Huber" -> new RegressionLoss.Huber(settings.getFirst());
          case "LogCosh" -> new RegressionLoss.LogCosh();
          case "Pinball" -> new RegressionLoss.Pinball(settings);
          case "GaussianNll" -> new RegressionLoss.GaussianNll();
          default -> throw new IllegalArgumentException("no loss " + kind);
        };
  }

  static RegressionLossFunction of(RegressionLoss loss, double weight) {
    List<Double> settings =
        switch (loss) {
          case RegressionLoss.Huber huber -> List.of(huber.delta());
          case RegressionLoss.Pinball pinball -> pinball.quantiles();
          case RegressionLoss.Mse mse -> List.of();
          case RegressionLoss.LogCosh logCosh -> List.of();
          case RegressionLoss.GaussianNll nll -> List.of();
        };
    return new RegressionLossFunction(loss.getClass().getSimpleName(), settings, weight);
  }

  /** Simple name of the loss. */
  @JsonProperty("kind")
  public String kind() {
    return kind;
  }

  /** Delta or quantiles. */
  @JsonProperty("settings")
  public List<Double> settings() {
    return settings;
  }

  /** Factor on everything. */
  @JsonProperty("weight")
  public double weight() {
    return weight;
  }

  /**
   * Loss of one row without the weight.
   *
   * @param outputs raw outputs of the row
   * @param gradient written: derivatives by the outputs
   */
  double lossAndGradient(double target, float[] outputs, double[] gradient) {
    double error = outputs[0] - target;
    return switch (loss) {
      case RegressionLoss.Mse mse -> {
        gradient[0] = 2 * error;
        yield error * error;
      }
      case RegressionLoss.Huber(double delta) -> {
        gradient[0] = Math.clamp(error, -delta, delta);
        double size = Math.abs(error);
        yield size <= delta ? error * error / 2 : delta * (size - delta / 2);
      }
      case RegressionLoss.LogCosh logCosh -> {
        gradient[0] = Math.tanh(error);
        double size = Math.abs(error);
        yield size + Math.log1p(Math.exp(-2 * size)) - Math.log(2);
      }
      case RegressionLoss.Pinball(List<Double> quantiles) -> {
        double sum = 0;
        for (int k = 0; k < outputs.length; k++) {
          double shortfall = target - outputs[k];
          double slope = shortfall >= 0 ? quantiles.get(k) : quantiles.get(k) - 1;
          gradient[k] = -slope;
          sum += slope * shortfall;
        }
        yield sum;
      }
      case RegressionLoss.GaussianNll nll -> {
        double log = Math.clamp(outputs[1], -MAX_LOG_VARIANCE, MAX_LOG_VARIANCE);
        double precision = Math.exp(-log);
        double relative = error * error * precision;
        gradient[0] = error * precision;
        gradient[1] = log == outputs[1] ? (1 - relative) / 2 : 0;
        yield (log + relative) / 2;
      }
    };
  }

  /** Turns raw outputs into what they mean: quantiles in order, mean and variance, a number. */
  void read(float[] outputs) {
    if (loss instanceof RegressionLoss.Pinball) {
      Arrays.sort(outputs);
    } else if (loss instanceof RegressionLoss.GaussianNll) {
      outputs[1] = (float) Math.exp(Math.clamp(outputs[1], -MAX_LOG_VARIANCE, MAX_LOG_VARIANCE));
    }
  }

  @Override
  public double computeScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    double sum = computeScoreArray(labels, preOutput, activation, mask).sumNumber().doubleValue();
    return average ? sum / labels.size(0) : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    return Nd4j.createFromArray(rows(labels, preOutput, mask).losses)
        .reshape(labels.size(0), 1)
        .castTo(preOutput.dataType());
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    return Nd4j.createFromArray(rows(labels, preOutput, mask).gradients)
        .castTo(preOutput.dataType());
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    Rows rows = rows(labels, preOutput, mask);
    double sum = Arrays.stream(rows.losses).sum();
    return Pair.of(
        average ? sum / labels.size(0) : sum,
        Nd4j.createFromArray(rows.gradients).castTo(preOutput.dataType()));
  }

  private Rows rows(INDArray labels, INDArray preOutput, @Nullable INDArray mask) {
    float[][] targets = SequenceNetwork.rows(labels);
    float[][] outputs = SequenceNetwork.rows(preOutput);
    float[] known = mask == null ? null : mask.dup('c').data().asFloat();
    double[] losses = new double[outputs.length];
    double[][] gradients = new double[outputs.length][outputs[0].length];
    for (int row = 0; row < outputs.length; row++) {
      double factor = known == null ? weight : weight * known[row];
      if (factor != 0) {
        losses[row] = factor * lossAndGradient(targets[row][0], outputs[row], gradients[row]);
        for (int k = 0; k < gradients[row].length; k++) {
          gradients[row][k] *= factor;
        }
      }
    }
    return new Rows(losses, gradients);
  }

  @Override
  public String name() {
    return kind;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RegressionLossFunction that
        && that.weight == weight
        && that.loss.equals(loss);
  }

  @Override
  public int hashCode() {
    return 31 * loss.hashCode() + Double.hashCode(weight);
  }

  /** Weighted losses [B] and their gradients [B][outputs]. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Rows(double[] losses, double[][] gradients) {}
}
