package io.ilteo.modelkit.recurrent.loss;

import java.util.Arrays;
import java.util.List;

/**
 * Ordered classes by conditional probabilities: raw output k is the logit of P(y > k | y ≥ k),
 * learned from sequences with y ≥ k only (Shi et al. 2023, eq. 4 and 6).
 */
record CornHead(List<Double> weights) implements HeadLoss {
  @Override
  public int rawOutputs() {
    return weights.size() - 1;
  }

  @Override
  public double lossAndGradient(float target, float[] raw, float[] gradient) {
    int truth = (int) target;
    double weight = weights.get(truth);
    double loss = 0;
    Arrays.fill(gradient, 0f);
    for (int k = 0; k < raw.length && k <= truth; k++) {
      loss += Logistic.crossEntropy(raw[k], truth > k);
      gradient[k] = (float) (weight * (Logistic.of(raw[k]) - (truth > k ? 1 : 0)));
    }
    return weight * loss;
  }

  @Override
  public float[] read(float[] raw) {
    float[] p = new float[raw.length + 1];
    double reached = 1;
    for (int c = 0; c < raw.length; c++) {
      double further = reached * Logistic.of(raw[c]);
      p[c] = (float) (reached - further);
      reached = further;
    }
    p[raw.length] = (float) reached;
    return p;
  }

  @Override
  public void readGradient(int output, float[] raw, float[] gradient) {
    Arrays.fill(gradient, 0f);
    double p = read(raw)[output];
    for (int k = 0; k < raw.length && k <= output; k++) {
      double above = Logistic.of(raw[k]);
      gradient[k] = (float) (k < output ? p * (1 - above) : -p * above);
    }
  }
}
