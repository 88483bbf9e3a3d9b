package io.ilteo.modelkit.recurrent.kernel;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The layout of all parameters of a network in one vector, and the vector.
 *
 * <p>Stages claim their blocks when they are made; memory is there once {@link #freeze} has been
 * called. Gradients lie in a second vector of the same layout.
 */
public final class Parameters {
  private final List<Block> blocks = new ArrayList<>();
  private long size;
  private MemorySegment values = MemorySegment.NULL;
  private MemorySegment gradients = MemorySegment.NULL;

  /**
   * Parameters of one kind.
   *
   * @param name unique in the network
   * @param rows rows of the column-major matrix, 1 for a vector
   * @param columns its columns
   * @param from where it begins in the vector
   * @param init how it is drawn
   * @param decays whether weight decay applies: to weights, not to biases, gains and embeddings
   */
  public record Block(
      String name, int rows, int columns, long from, Initialisation init, boolean decays) {
    /** Number of parameters. */
    public long size() {
      return (long) rows * columns;
    }
  }

  /** Claims a matrix of weights. */
  public Block weights(String name, int rows, int columns, Initialisation init) {
    return claim(name, rows, columns, init, true);
  }

  /** Claims a vector or table that weight decay leaves alone. */
  public Block vector(String name, int rows, int columns, Initialisation init) {
    return claim(name, rows, columns, init, false);
  }

  private Block claim(String name, int rows, int columns, Initialisation init, boolean decays) {
    if (!values.equals(MemorySegment.NULL)) {
      throw new IllegalStateException("the layout is fixed");
    }
    Block block = new Block(name, rows, columns, size, init, decays);
    blocks.add(block);
    size += block.size();
    return block;
  }

  /** Ends the layout: values in {@code memory} (as long as {@link #size}), gradients beside. */
  public void freeze(MemorySegment memory) {
    if (memory.byteSize() < size * Float.BYTES) {
      throw new IllegalArgumentException("too little memory for %d parameters".formatted(size));
    }
    values = memory;
  }

  /** Number of parameters. */
  public long size() {
    return size;
  }

  /** Blocks in the order of their memory. */
  public List<Block> blocks() {
    return List.copyOf(blocks);
  }

  /** All values. */
  public MemorySegment values() {
    return values;
  }

  /** All gradients; made when first asked for, since predicting needs none. */
  public MemorySegment gradients() {
    if (gradients.equals(MemorySegment.NULL)) {
      gradients = Scratch.allocate(size);
    }
    return gradients;
  }
}
