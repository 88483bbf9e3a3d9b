package io.ilteo.modelkit.panel.importing;

import java.util.ArrayList;
import java.util.List;

/** A growing column of floats in blocks, so that growing never copies what is there. */
final class FloatColumn {
  private static final int BLOCK_BITS = 14;
  private static final int BLOCK = 1 << BLOCK_BITS;

  private final List<float[]> blocks = new ArrayList<>();
  private int size;

  void add(float value) {
    int offset = size & (BLOCK - 1);
    if (offset == 0) {
      blocks.add(new float[BLOCK]);
    }
    blocks.get(size >> BLOCK_BITS)[offset] = value;
    size++;
  }

  float get(int index) {
    return blocks.get(index >> BLOCK_BITS)[index & (BLOCK - 1)];
  }

  /** The values in the order of {@code rows}; this column is empty afterwards. */
  float[] take(int[] rows) {
    float[] ordered = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      ordered[i] = get(rows[i]);
    }
    blocks.clear();
    size = 0;
    return ordered;
  }
}
