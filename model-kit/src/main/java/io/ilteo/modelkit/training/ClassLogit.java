package io.ilteo.modelkit.training;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.recurrent.HeadSpec;
import io.ilteo.modelkit.recurrent.kernel.Adam;
import io.ilteo.modelkit.recurrent.kernel.CoralStage;
import io.ilteo.modelkit.recurrent.kernel.DenseStage;
import io.ilteo.modelkit.recurrent.kernel.Parameters;
import io.ilteo.modelkit.recurrent.kernel.Pass;
import io.ilteo.modelkit.recurrent.kernel.Scratch;
import io.ilteo.modelkit.recurrent.kernel.Stage;
import io.ilteo.modelkit.recurrent.loss.HeadLoss;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Collections;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Multinomial or ordinal logit (proportional odds, McCullagh 1980) on the last step's inputs and
 * the last observed class, with an l2 penalty, stopped early on the validation fold.
 */
public final class ClassLogit {
  private static final int BATCH = 512;
  private static final int MOST_EPOCHS = 60;
  private static final int PATIENCE = 5;
  private static final double RATE = 5e-3;
  private static final double PENALTY = 1e-4;

  private final int classes;
  private final HeadLoss loss;
  private final Parameters parameters = new Parameters();
  private final Stage stage;
  private final Scratch inputScratch = new Scratch();
  private final Scratch gradientScratch = new Scratch();

  private ClassLogit(int inputs, int classes, boolean ordinal) {
    this.classes = classes;
    this.loss =
        HeadLoss.of(
            ordinal
                ? new HeadSpec.Coral("class", 1, Collections.nCopies(classes, 1.0))
                : new HeadSpec.Softmax("class", 1, classes));
    this.stage =
        ordinal
            ? new CoralStage("logit", parameters, inputs, loss.rawOutputs())
            : new DenseStage("logit", parameters, inputs, loss.rawOutputs(), false);
    parameters.freeze(Scratch.allocate(parameters.size()));
    SplittableRandom random = new SplittableRandom(1);
    for (Parameters.Block block : parameters.blocks()) {
      block.init().fill(block, parameters.values(), random);
    }
  }

  /**
   * Fits a logit.
   *
   * @param ordinal whether classes are ordered: one score against thresholds
   */
  public static ClassLogit fit(
      Sequences training, Sequences validation, int classes, boolean ordinal) {
    ClassLogit logit = new ClassLogit(width(training, classes), classes, ordinal);
    logit.learn(training, validation);
    return logit;
  }

  private static int width(Sequences sequences, int classes) {
    return sequences.features() + classes + 1;
  }

  private void learn(Sequences training, Sequences validation) {
    Adam adam = new Adam(parameters, PENALTY, 0, 0);
    int[] order = known(training);
    int[] watched = known(validation);
    MemorySegment best = Scratch.allocate(parameters.size());
    double least = Double.POSITIVE_INFINITY;
    int since = 0;
    for (int epoch = 0; epoch < MOST_EPOCHS && since < PATIENCE; epoch++) {
      shuffle(order, new SplittableRandom(epoch));
      for (int from = 0; from < order.length; from += BATCH) {
        int to = Math.min(order.length, from + BATCH);
        step(training, order, from, to, true);
        adam.step(RATE);
      }
      double value = 0;
      for (int from = 0; from < watched.length; from += BATCH) {
        int to = Math.min(watched.length, from + BATCH);
        value += (to - from) * step(validation, watched, from, to, false);
      }
      since++;
      if (value < least) {
        least = value;
        since = 0;
        best.copyFrom(parameters.values().asSlice(0, best.byteSize()));
      }
    }
    if (least < Double.POSITIVE_INFINITY) {
      parameters.values().copyFrom(best);
    }
  }

  private int[] known(Sequences sequences) {
    return IntStream.range(0, sequences.size())
        .filter(i -> sequences.satisfactionClass(i, classes) >= 0)
        .toArray();
  }

  /** Mean loss of a batch; {@code learning}: leaves its gradients behind. */
  private double step(Sequences sequences, int[] rows, int from, int to, boolean learning) {
    Pass pass = new Pass(to - from, 1, null, learning, 0);
    MemorySegment raw = stage.forward(pass, inputs(sequences, from, to, k -> rows[k]));
    int width = loss.rawOutputs();
    MemorySegment gradients = gradientScratch.atLeast((long) (to - from) * width);
    float[] gradient = new float[width];
    double sum = 0;
    for (int row = 0; row < to - from; row++) {
      int observed = sequences.satisfactionClass(rows[from + row], classes);
      sum += loss.lossAndGradient(observed, row(raw, row), gradient);
      for (int k = 0; k < width; k++) {
        gradients.setAtIndex(
            ValueLayout.JAVA_FLOAT, (long) row * width + k, gradient[k] / (to - from));
      }
    }
    if (learning) {
      stage.backward(pass, gradients);
    }
    return sum / (to - from);
  }

  private float[] row(MemorySegment raw, int row) {
    long bytes = (long) loss.rawOutputs() * Float.BYTES;
    return raw.asSlice(row * bytes, bytes).toArray(ValueLayout.JAVA_FLOAT);
  }

  /** The last step's inputs, and the last class as indicators, unknown first. */
  private MemorySegment inputs(Sequences sequences, int from, int to, IntUnaryOperator row) {
    int features = sequences.features();
    int width = width(sequences, classes);
    float[] sequence = new float[sequences.steps() * features];
    float[] values = new float[width];
    MemorySegment memory = inputScratch.atLeast((long) (to - from) * width);
    for (int k = from; k < to; k++) {
      int i = row.applyAsInt(k);
      sequences.copyInputs(i, sequence, 0);
      Arrays.fill(values, 0f);
      System.arraycopy(sequence, (sequences.steps() - 1) * features, values, 0, features);
      values[features + 1 + sequences.lastSatisfactionClass(i, classes)] = 1f;
      MemorySegment.copy(
          values,
          0,
          memory,
          ValueLayout.JAVA_FLOAT,
          (long) (k - from) * width * Float.BYTES,
          width);
    }
    return memory;
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int drawn = order[j];
      order[j] = order[i];
      order[i] = drawn;
    }
  }

  /** Class probabilities of every sequence, [n][classes]. */
  public double[][] predict(Sequences sequences) {
    double[][] predictions = new double[sequences.size()][classes];
    for (int from = 0; from < predictions.length; from += BATCH) {
      int to = Math.min(predictions.length, from + BATCH);
      Pass pass = new Pass(to - from, 1, null, false, 0);
      MemorySegment raw = stage.forward(pass, inputs(sequences, from, to, k -> k));
      for (int row = 0; row < to - from; row++) {
        float[] p = loss.read(row(raw, row));
        for (int c = 0; c < classes; c++) {
          predictions[from + row][c] = p[c];
        }
      }
    }
    return predictions;
  }
}
