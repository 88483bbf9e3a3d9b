package io.ilteo.modelkit.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.factory.Nd4j;

class RegressionLossFunctionTest {
  private static final List<RegressionLoss> LOSSES =
      List.of(
          new RegressionLoss.Mse(),
          new RegressionLoss.Huber(0.7),
          new RegressionLoss.LogCosh(),
          new RegressionLoss.Pinball(List.of(0.1, 0.5, 0.9)),
          new RegressionLoss.GaussianNll());

  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    Random random = new Random(5);
    for (RegressionLoss loss : LOSSES) {
      RegressionLossFunction function = RegressionLossFunction.of(loss, 1);
      for (int round = 0; round < 50; round++) {
        double target = random.nextGaussian();
        float[] outputs = new float[loss.outputs()];
        for (int k = 0; k < outputs.length; k++) {
          outputs[k] = (float) random.nextGaussian();
        }
        double[] gradient = new double[outputs.length];
        function.lossAndGradient(target, outputs, gradient);
        for (int k = 0; k < outputs.length; k++) {
          float step = 1f / 1024;
          float[] above = outputs.clone();
          float[] below = outputs.clone();
          above[k] += step;
          below[k] -= step;
          double[] unused = new double[outputs.length];
          double slope =
              (function.lossAndGradient(target, above, unused)
                      - function.lossAndGradient(target, below, unused))
                  / (above[k] - below[k]);
          boolean atKink =
              loss instanceof RegressionLoss.Pinball && Math.abs(outputs[k] - target) < 2 * step;
          if (!atKink) {
            assertThat(gradient[k]).as("%s %d", loss, round).isCloseTo(slope, within(0.01));
          }
        }
      }
    }
  }

  @Test
  void rowsWithoutATargetCostNothingAndTheWeightIsAFactor() {
    RegressionLossFunction once = RegressionLossFunction.of(new RegressionLoss.Mse(), 1);
    RegressionLossFunction thrice = RegressionLossFunction.of(new RegressionLoss.Mse(), 3);
    var labels = Nd4j.createFromArray(new float[][] {{1}, {5}});
    var outputs = Nd4j.createFromArray(new float[][] {{3}, {100}});
    var mask = Nd4j.createFromArray(new float[][] {{1}, {0}});
    var identity = new ActivationIdentity();
    assertThat(once.computeScore(labels, outputs, identity, mask, true)).isEqualTo(2.0);
    assertThat(thrice.computeScore(labels, outputs, identity, mask, false)).isEqualTo(12.0);
    var both = thrice.computeGradientAndScore(labels, outputs, identity, mask, false);
    assertThat(both.getFirst()).isEqualTo(12.0);
    assertThat(both.getSecond().toFloatMatrix()).isDeepEqualTo(new float[][] {{12}, {0}});
    assertThat(thrice.computeGradient(labels, outputs, identity, mask)).isEqualTo(both.getSecond());
  }

  @Test
  void savedNetworksAnswerAsBefore() {
    for (RegressionLoss loss : LOSSES) {
      NetworkSpec spec =
          new NetworkSpec(
              3,
              List.of(),
              List.of(4),
              true,
              0,
              5,
              List.of(new HeadSpec.Regression("amount", 1, loss)),
              1e-3,
              0);
      SequenceNetwork network = SequenceNetwork.create(spec, 7);
      var batch =
          new SequenceBatch(
              Nd4j.rand('f', new int[] {6, 3, 2}).castTo(Nd4j.dataType()),
              Nd4j.ones(6, 2).dup('f'),
              List.of(Nd4j.rand(6, loss.outputs())),
              List.of(Nd4j.ones(6, 1)));
      network.trainStep(batch);
      float[][] outputs = network.predict(batch).getFirst();
      assertThat(outputs).hasDimensions(6, loss.outputs());
      if (loss instanceof RegressionLoss.Pinball) {
        assertThat(outputs[0]).isSorted();
      }
      if (loss instanceof RegressionLoss.GaussianNll) {
        assertThat(outputs[0][1]).isPositive();
      }
      assertThat(SequenceNetwork.load(network.save(true), true).predict(batch).getFirst())
          .isDeepEqualTo(outputs);
    }
  }
}
