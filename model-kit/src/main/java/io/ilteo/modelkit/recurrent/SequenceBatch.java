package io.ilteo.modelkit.recurrent;

import io.ilteo.modelkit.recurrent.kernel.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sequences and targets as a network takes them, in off-heap memory that is used again for the next
 * batch. Not for use by two threads at once.
 *
 * <p>B sequences of T steps are time-major: row t·B + b of inputs [T·B × N], categories [T·B × C]
 * and mask [T·B].
 */
public final class SequenceBatch {
  private final int steps;
  private final int features;
  private final int categories;
  private final int heads;
  private final Scratch inputScratch = new Scratch();
  private final Scratch categoryScratch = new Scratch();
  private final Scratch maskScratch = new Scratch();
  private int size;
  private boolean gaps;
  private MemorySegment inputs = MemorySegment.NULL;
  private MemorySegment categoryIndices = MemorySegment.NULL;
  private MemorySegment mask = MemorySegment.NULL;
  private float[][] targets = new float[0][];

  /**
   * An empty batch.
   *
   * @param steps T
   * @param features numbers of a step, N
   * @param categories categories of a step, C
   * @param heads targets of a sequence; 0 to predict
   */
  public SequenceBatch(int steps, int features, int categories, int heads) {
    this.steps = steps;
    this.features = features;
    this.categories = categories;
    this.heads = heads;
  }

  /** Begins a batch of {@code sequences} sequences, all observed, no target known. */
  public SequenceBatch begin(int sequences) {
    size = sequences;
    gaps = false;
    int rows = sequences * steps;
    inputs = inputScratch.atLeast((long) rows * features);
    categoryIndices = categoryScratch.atLeast((long) rows * categories);
    mask = maskScratch.atLeast(rows);
    for (int row = 0; row < rows; row++) {
      mask.setAtIndex(ValueLayout.JAVA_FLOAT, row, 1f);
    }
    if (targets.length != heads || (heads > 0 && targets[0].length < sequences)) {
      targets = new float[heads][sequences];
    }
    for (float[] head : targets) {
      Arrays.fill(head, Float.NaN);
    }
    return this;
  }

  /** Sets the numbers of a step from {@code values[from .. from + N)}. */
  public void putInputs(int sequence, int step, float[] values, int from) {
    long row = (long) step * size + sequence;
    MemorySegment.copy(
        values, from, inputs, ValueLayout.JAVA_FLOAT, row * features * Float.BYTES, features);
  }

  /** Sets the categories of a step from {@code indices[from .. from + C)}. */
  public void putCategories(int sequence, int step, int[] indices, int from) {
    long row = (long) step * size + sequence;
    MemorySegment.copy(
        indices,
        from,
        categoryIndices,
        ValueLayout.JAVA_INT,
        row * categories * Integer.BYTES,
        categories);
  }

  /** Says that a step was not observed: networks pass over it. */
  public void putGap(int sequence, int step) {
    mask.setAtIndex(ValueLayout.JAVA_FLOAT, (long) step * size + sequence, 0f);
    gaps = true;
  }

  /** Sets a target: a number or the index of a class; NaN where it is not known. */
  public void putTarget(int head, int sequence, float target) {
    targets[head][sequence] = target;
  }

  /** Sequences, B. */
  public int size() {
    return size;
  }

  /** Steps of a sequence, T. */
  public int steps() {
    return steps;
  }

  /** Numbers of a step, N. */
  public int features() {
    return features;
  }

  int categories() {
    return categories;
  }

  int heads() {
    return heads;
  }

  MemorySegment inputs() {
    return inputs;
  }

  MemorySegment categoryIndices() {
    return categoryIndices;
  }

  /** The mask, or null where every step was observed, which is faster. */
  @Nullable MemorySegment mask() {
    return gaps ? mask : null;
  }

  float target(int head, int sequence) {
    return targets[head][sequence];
  }
}
