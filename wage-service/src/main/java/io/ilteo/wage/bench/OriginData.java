package io.ilteo.wage.bench;

import io.ilteo.modelkit.recurrent.SequenceBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Random data of the origin report's shape, as {@code origin_study.py} makes it: a standardised
 * wage and five classes that depend on eight inputs of the last two steps.
 */
final class OriginData {
  static final int STEPS = 5;
  static final int FEATURES = 33;

  private static final int INFORMATIVE = 8;
  private static final double[] CUTS = {0.02, 0.1, 0.6, 0.97};

  // [n][steps × features], step by step
  private final float[][] inputs;
  private final float[] wage;
  private final int[] satisfaction;

  private OriginData(float[][] inputs, float[] wage, int[] satisfaction) {
    this.inputs = inputs;
    this.wage = wage;
    this.satisfaction = satisfaction;
  }

  /**
   * The data of {@code origin_study.py} itself, so that losses compare: little-endian floats, all
   * inputs [n × steps × features], then n wages, then n classes.
   */
  static OriginData read(Path file) throws IOException {
    FloatBuffer floats =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    int size = floats.remaining() / (STEPS * FEATURES + 2);
    float[][] inputs = new float[size][STEPS * FEATURES];
    for (float[] sequence : inputs) {
      floats.get(sequence);
    }
    float[] wage = new float[size];
    floats.get(wage);
    int[] satisfaction = new int[size];
    for (int i = 0; i < size; i++) {
      satisfaction[i] = (int) floats.get();
    }
    return new OriginData(inputs, wage, satisfaction);
  }

  /** So many random sequences. */
  OriginData(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    this.inputs = new float[size][STEPS * FEATURES];
    this.wage = new float[size];
    this.satisfaction = new int[size];
    double[] scores = new double[size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < inputs[i].length; j++) {
        inputs[i][j] = (float) random.nextGaussian();
      }
      scores[i] = informative(i, STEPS - 1) + 0.5 * informative(i, STEPS - 2);
    }
    double mean = Arrays.stream(scores).average().orElse(0);
    double deviation =
        Math.sqrt(
            Arrays.stream(scores)
                .map(score -> (score - mean) * (score - mean))
                .average()
                .orElse(1));
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < size; i++) {
      wage[i] = (float) ((scores[i] - mean) / deviation + 0.5 * random.nextGaussian());
      double noisy = scores[i] + 2 * random.nextGaussian();
      for (double cut : CUTS) {
        satisfaction[i] += noisy >= sorted[(int) (cut * (size - 1))] ? 1 : 0;
      }
    }
  }

  private double informative(int i, int step) {
    return IntStream.range(0, INFORMATIVE).mapToDouble(j -> inputs[i][step * FEATURES + j]).sum();
  }

  int size() {
    return wage.length;
  }

  float wage(int i) {
    return wage[i];
  }

  int satisfaction(int i) {
    return satisfaction[i];
  }

  /** An empty batch of this shape. */
  static SequenceBatch emptyBatch() {
    return new SequenceBatch(STEPS, FEATURES, 0, 2);
  }

  /** Fills {@code batch} with the sequences {@code order[from .. to)} and both targets. */
  SequenceBatch fill(SequenceBatch batch, int[] order, int from, int to) {
    batch.begin(to - from);
    for (int row = 0; row < to - from; row++) {
      int i = order[from + row];
      for (int step = 0; step < STEPS; step++) {
        batch.putInputs(row, step, inputs[i], step * FEATURES);
      }
      batch.putTarget(0, row, wage[i]);
      batch.putTarget(1, row, satisfaction[i]);
    }
    return batch;
  }
}
