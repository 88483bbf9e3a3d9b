package io.ilteo.modelkit.panel.feature;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Network inputs of person-years: each year once, however many windows it is in. Off-heap.
 *
 * <p>inputs [rows × features] float; categories [rows × categories] int.
 */
final class RowMatrix {
  private final FeatureTransform transform;
  private final int[] categoryColumns;
  private final int features;
  private final int categories;
  private final MemorySegment inputs;
  private final MemorySegment codes;

  RowMatrix(int rows, FeatureTransform transform) {
    this.transform = transform;
    this.features = transform.inputNames().size();
    this.categories = transform.vocabularies().size();
    this.categoryColumns =
        transform.vocabularies().stream()
            .mapToInt(v -> transform.schema().indexOf(v.column()))
            .toArray();
    Arena arena = Arena.ofAuto();
    this.inputs = arena.allocate(Math.max(4L, 4L * rows * features), 64);
    this.codes = arena.allocate(Math.max(4L, 4L * rows * categories), 64);
  }

  int features() {
    return features;
  }

  int categories() {
    return categories;
  }

  void set(int row, double[] raw, PersonYear at) {
    long base = (long) row * features;
    int indicator = raw.length;
    for (int f = 0; f < raw.length; f++) {
      FittedFeature fitted = transform.features().get(f);
      inputs.setAtIndex(ValueLayout.JAVA_FLOAT, base + f, fitted.scale(raw[f]));
      if (fitted.indicator()) {
        float missing = Double.isNaN(raw[f]) ? 1f : 0f;
        inputs.setAtIndex(ValueLayout.JAVA_FLOAT, base + indicator++, missing);
      }
    }
    for (int c = 0; c < categories; c++) {
      Vocabulary vocabulary = transform.vocabularies().get(c);
      float code = at.value(categoryColumns[c]);
      codes.setAtIndex(ValueLayout.JAVA_INT, (long) row * categories + c, vocabulary.indexOf(code));
    }
  }

  void copyInputs(int row, float[] target, int offset) {
    long from = 4L * row * features;
    MemorySegment.copy(inputs, ValueLayout.JAVA_FLOAT, from, target, offset, features);
  }

  void copyCategories(int row, int[] target, int offset) {
    long from = 4L * row * categories;
    MemorySegment.copy(codes, ValueLayout.JAVA_INT, from, target, offset, categories);
  }
}
