package io.ilteo.modelkit.panel.feature;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Network inputs of person-years: each year once, however many windows it is in.
 *
 * <p>One segment: inputs [rows × features] float, then categories [rows × categories] int.
 */
final class RowMatrix {
  private static final int WORD_BYTES = 4;
  private static final int ALIGNMENT_BYTES = 64;

  private final int features;
  private final int categories;
  private final MemorySegment words;
  private final long codesAt;

  /**
   * Lays a matrix over {@code words}.
   *
   * @param words {@link #bytes} of this size
   */
  RowMatrix(MemorySegment words, int rows, int features, int categories) {
    this.features = features;
    this.categories = categories;
    this.words = words;
    this.codesAt = (long) rows * features;
  }

  /** Size of a matrix in bytes. */
  static long bytes(int rows, int features, int categories) {
    return (long) WORD_BYTES * Math.max(1, (long) rows * (features + categories));
  }

  /** Zeroed memory off-heap for a matrix, freed when it is no longer reachable. */
  static MemorySegment allocate(long bytes) {
    return Arena.ofAuto().allocate(bytes, ALIGNMENT_BYTES);
  }

  /**
   * The same on the heap, for a matrix that lives as long as one answer: fresh memory off-heap
   * costs a page fault for every 4 KiB, which took a quarter of the time of a prediction.
   */
  static MemorySegment allocateOnHeap(long bytes) {
    return MemorySegment.ofArray(new int[Math.toIntExact(bytes / WORD_BYTES)]);
  }

  int features() {
    return features;
  }

  int categories() {
    return categories;
  }

  void setInput(int row, int feature, float value) {
    words.setAtIndex(ValueLayout.JAVA_FLOAT, (long) row * features + feature, value);
  }

  void setCategory(int row, int category, int index) {
    words.setAtIndex(ValueLayout.JAVA_INT, codesAt + (long) row * categories + category, index);
  }

  void copyInputs(int row, float[] target, int offset) {
    long from = (long) WORD_BYTES * row * features;
    MemorySegment.copy(words, ValueLayout.JAVA_FLOAT, from, target, offset, features);
  }

  void copyCategories(int row, int[] target, int offset) {
    long from = WORD_BYTES * (codesAt + (long) row * categories);
    MemorySegment.copy(words, ValueLayout.JAVA_INT, from, target, offset, categories);
  }
}
