package io.ilteo.modelkit.recurrent;

import java.util.Random;

/** A batch of random sequences that can also be read one by one. */
final class RandomBatch {
  private static final int CLASSES = 3;

  final float[][][] numbers;
  final int[][][] categories;
  final boolean[][] observed;
  final float[][] targets;

  /**
   * Random sequences.
   *
   * @param gaps share of steps that are not observed
   */
  RandomBatch(NetworkSpec spec, int size, int steps, double gaps, long seed) {
    Random random = new Random(seed);
    numbers = new float[size][steps][spec.inputs()];
    categories = new int[size][steps][spec.embeddings().size()];
    observed = new boolean[size][steps];
    targets = new float[spec.heads().size()][size];
    for (int b = 0; b < size; b++) {
      for (int t = 0; t < steps; t++) {
        observed[b][t] = random.nextDouble() >= gaps;
        for (int n = 0; n < spec.inputs(); n++) {
          numbers[b][t][n] = (float) random.nextGaussian();
        }
        for (int c = 0; c < categories[b][t].length; c++) {
          categories[b][t][c] = random.nextInt(Cases.CARDINALITY);
        }
      }
      for (int head = 0; head < targets.length; head++) {
        boolean unknown = random.nextInt(5) == 0;
        float value =
            Cases.isClass(spec.heads().get(head))
                ? random.nextInt(CLASSES)
                : (float) random.nextGaussian();
        targets[head][b] = unknown ? Float.NaN : value;
      }
    }
  }

  int size() {
    return numbers.length;
  }

  int steps() {
    return numbers[0].length;
  }

  SequenceBatch batch() {
    int width = categories[0][0].length;
    SequenceBatch batch =
        new SequenceBatch(steps(), numbers[0][0].length, width, targets.length).begin(size());
    for (int b = 0; b < size(); b++) {
      for (int t = 0; t < steps(); t++) {
        batch.putInputs(b, t, numbers[b][t], 0);
        batch.putCategories(b, t, categories[b][t], 0);
        if (!observed[b][t]) {
          batch.putGap(b, t);
        }
      }
      for (int head = 0; head < targets.length; head++) {
        batch.putTarget(head, b, targets[head][b]);
      }
    }
    return batch;
  }
}
