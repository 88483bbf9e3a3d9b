package io.ilteo.modelkit.recurrent.loss;

import java.util.List;

/**
 * Ordered classes by thresholds on one score: raw output k is the logit of P(y > k) (Cao et al.
 * 2020, eq. 4).
 */
record CoralHead(List<Double> weights) implements HeadLoss {
  @Override
  public int rawOutputs() {
    return weights.size() - 1;
  }

  @Override
  public double lossAndGradient(float target, float[] raw, float[] gradient) {
    int truth = (int) target;
    double weight = weights.get(truth);
    double loss = 0;
    for (int k = 0; k < raw.length; k++) {
      loss += Logistic.crossEntropy(raw[k], truth > k);
      gradient[k] = (float) (weight * (Logistic.of(raw[k]) - (truth > k ? 1 : 0)));
    }
    return weight * loss;
  }

  /** Probabilities of classes; thresholds out of order leave a class 0, which is rare. */
  @Override
  public float[] read(float[] raw) {
    double[] above = above(raw);
    float[] p = new float[raw.length + 1];
    for (int c = 0; c < p.length; c++) {
      p[c] = (float) (above[c] - above[c + 1]);
    }
    return p;
  }

  /** P(y ≥ c) for c = 0 … k, made to fall. */
  private static double[] above(float[] raw) {
    double[] above = new double[raw.length + 2];
    above[0] = 1;
    for (int k = 0; k < raw.length; k++) {
      above[k + 1] = Math.min(above[k], Logistic.of(raw[k]));
    }
    return above;
  }

  @Override
  public void readGradient(int output, float[] raw, float[] gradient) {
    for (int k = 0; k < raw.length; k++) {
      double p = Logistic.of(raw[k]);
      double slope = p * (1 - p);
      gradient[k] = (float) (k == output - 1 ? slope : k == output ? -slope : 0);
    }
  }
}
