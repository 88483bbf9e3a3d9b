package io.ilteo.modelkit.recurrent.kernel;

import io.ilteo.modelkit.recurrent.kernel.Parameters.Block;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Replaces each category of a row by a learned vector, and puts them behind the numbers.
 *
 * <p>Input rows are N numbers; categories are [T·B × C] beside them.
 */
public final class EmbeddingStage {
  private static final double DEVIATION = 0.1;

  private final Parameters parameters;
  private final int inputs;
  private final List<Block> tables = new ArrayList<>();
  private final int width;
  private final Scratch outputScratch = new Scratch();
  private final Scratch gradientScratch = new Scratch();
  private MemorySegment categories = MemorySegment.NULL;

  /**
   * Tables of {@code widths} columns for {@code cardinalities} categories each.
   *
   * @param inputs numbers of a row, N
   */
  public EmbeddingStage(
      Parameters parameters, int inputs, List<Integer> cardinalities, List<Integer> widths) {
    this.parameters = parameters;
    this.inputs = inputs;
    int sum = inputs;
    for (int i = 0; i < widths.size(); i++) {
      tables.add(
          parameters.vector(
              "embedding-" + (i + 1),
              widths.get(i),
              cardinalities.get(i),
              new Initialisation.Normal(DEVIATION)));
      sum += widths.get(i);
    }
    this.width = sum;
  }

  /** Values of an output row. */
  public int width() {
    return width;
  }

  /** Rows of numbers and vectors. */
  public MemorySegment forward(Pass pass, MemorySegment numbers, MemorySegment indices) {
    categories = indices;
    MemorySegment output = outputScratch.atLeast((long) pass.rows() * width);
    for (int row = 0; row < pass.rows(); row++) {
      long at = (long) row * width;
      Columns.copy(numbers, (long) row * inputs, output, at, inputs);
      at += inputs;
      for (int i = 0; i < tables.size(); i++) {
        Block table = tables.get(i);
        Columns.copy(parameters.values(), vector(table, row, i), output, at, table.rows());
        at += table.rows();
      }
    }
    return output;
  }

  private long vector(Block table, int row, int category) {
    int index = categories.getAtIndex(ValueLayout.JAVA_INT, (long) row * tables.size() + category);
    if (index < 0 || index >= table.columns()) {
      throw new IllegalArgumentException(
          "%s has no category %d; 0 to %d".formatted(table.name(), index, table.columns() - 1));
    }
    return table.from() + (long) index * table.rows();
  }

  /** ∂L/∂numbers [T·B × N]; adds up the gradients of the tables. */
  public MemorySegment backward(Pass pass, MemorySegment gradient) {
    MemorySegment back = gradientScratch.atLeast((long) pass.rows() * inputs);
    MemorySegment gradients = parameters.gradients();
    for (Block table : tables) {
      Columns.clear(gradients, table.from(), table.size());
    }
    for (int row = 0; row < pass.rows(); row++) {
      long at = (long) row * width;
      Columns.copy(gradient, at, back, (long) row * inputs, inputs);
      at += inputs;
      for (int i = 0; i < tables.size(); i++) {
        Block table = tables.get(i);
        Loops.BEST.add(gradient, at, gradients, vector(table, row, i), table.rows());
        at += table.rows();
      }
    }
    return back;
  }
}
