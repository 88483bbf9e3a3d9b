package io.ilteo.modelkit.recurrent.loss;

import java.util.List;

/**
 * Cross-entropy of classes, with smoothed labels q and less weight on what is certain.
 *
 * <p>L = −w Σ_c q_c (1 − p_c)^γ ln p_c, which for γ = 0 and q of one class is the plain one.
 */
record SoftmaxHead(List<Double> weights, double smoothing, double gamma) implements HeadLoss {
  private static final double LEAST = 1e-12;

  @Override
  public int rawOutputs() {
    return weights.size();
  }

  @Override
  public double lossAndGradient(float target, float[] raw, float[] gradient) {
    double[] p = probabilities(raw);
    int truth = (int) target;
    double loss = 0;
    double[] slope = new double[p.length];
    double mean = 0;
    for (int c = 0; c < p.length; c++) {
      double q = smoothing / p.length + (c == truth ? 1 - smoothing : 0);
      double log = StrictMath.log(Math.max(p[c], LEAST));
      double doubt = gamma == 0 ? 1 : StrictMath.pow(1 - p[c], gamma);
      loss -= q * doubt * log;
      // p ∂/∂p of the term, so that nothing is divided by p.
      double change =
          gamma == 0
              ? 0
              : gamma * StrictMath.pow(Math.max(1 - p[c], LEAST), gamma - 1) * log * p[c];
      slope[c] = q * (change - doubt);
      mean += slope[c];
    }
    double weight = weights.get(truth);
    for (int c = 0; c < p.length; c++) {
      gradient[c] = (float) (weight * (slope[c] - p[c] * mean));
    }
    return weight * loss;
  }

  private static double[] probabilities(float[] raw) {
    double max = Double.NEGATIVE_INFINITY;
    for (float value : raw) {
      max = Math.max(max, value);
    }
    double[] p = new double[raw.length];
    double sum = 0;
    for (int c = 0; c < p.length; c++) {
      p[c] = StrictMath.exp(raw[c] - max);
      sum += p[c];
    }
    for (int c = 0; c < p.length; c++) {
      p[c] /= sum;
    }
    return p;
  }

  @Override
  public float[] read(float[] raw) {
    double[] p = probabilities(raw);
    float[] outputs = new float[p.length];
    for (int c = 0; c < p.length; c++) {
      outputs[c] = (float) p[c];
    }
    return outputs;
  }

  @Override
  public void readGradient(int output, float[] raw, float[] gradient) {
    double[] p = probabilities(raw);
    for (int c = 0; c < p.length; c++) {
      gradient[c] = (float) (p[output] * ((c == output ? 1 : 0) - p[c]));
    }
  }
}
