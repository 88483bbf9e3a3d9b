package io.ilteo.modelkit.training;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.recurrent.SequenceNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much each input moved an output away from what an average person of the same years would get
 * (Sundararajan, Taly and Yan 2017): gradients along the straight way from all numbers at 0, their
 * mean in the training fold, to the person's own, times the way.
 *
 * <p>The effects of a person sum to the output minus that of the average (completeness). Categories
 * keep their values all the way: there is no way between two codes.
 */
public final class IntegratedGradients {
  private static final int POINTS = 64;
  private static final int BATCH = 256;

  private IntegratedGradients() {}

  /**
   * Effects of the inputs [rows][inputs], each summed over the steps, averaged over the networks.
   *
   * @param head whose output is explained
   * @param rows sequences to be explained
   * @param outputs [rows] which output of the head
   */
  public static double[][] of(
      List<SequenceNetwork> networks, Sequences sequences, int head, int[] rows, int[] outputs) {
    double[][] effects = new double[rows.length][];
    for (int output : Arrays.stream(outputs).distinct().toArray()) {
      int[] where = IntStream.range(0, rows.length).filter(k -> outputs[k] == output).toArray();
      for (int from = 0; from < where.length; from += BATCH) {
        int[] part = Arrays.copyOfRange(where, from, Math.min(where.length, from + BATCH));
        int[] chosen = Arrays.stream(part).map(k -> rows[k]).toArray();
        float[][][] slopes = meanSlopes(networks, sequences, head, output, chosen);
        for (int k = 0; k < part.length; k++) {
          effects[part[k]] = alongTheWay(sequences, chosen[k], slopes[k]);
        }
      }
    }
    return effects;
  }

  /** Mean gradients along the way, [chosen][T][inputs]. */
  private static float[][][] meanSlopes(
      List<SequenceNetwork> networks, Sequences sequences, int head, int output, int[] chosen) {
    float[][][] mean = new float[chosen.length][sequences.steps()][sequences.features()];
    Batches batches = new Batches(sequences, 0);
    for (int point = 0; point < POINTS; point++) {
      var batch = batches.scaled(chosen, 0, chosen.length, (point + 0.5f) / POINTS);
      for (SequenceNetwork network : networks) {
        float[][][] slopes = network.inputGradients(batch, head, output);
        for (int k = 0; k < slopes.length; k++) {
          for (int step = 0; step < slopes[k].length; step++) {
            for (int input = 0; input < slopes[k][step].length; input++) {
              mean[k][step][input] += slopes[k][step][input] / (POINTS * networks.size());
            }
          }
        }
      }
    }
    return mean;
  }

  private static double[] alongTheWay(Sequences sequences, int i, float[][] slopes) {
    int features = sequences.features();
    float[] inputs = new float[sequences.steps() * features];
    sequences.copyInputs(i, inputs, 0);
    double[] effects = new double[features];
    for (int at = 0; at < inputs.length; at++) {
      effects[at % features] += (double) slopes[at / features][at % features] * inputs[at];
    }
    return effects;
  }
}
