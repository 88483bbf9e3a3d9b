package io.ilteo.modelkit.recurrent.kernel;

import java.lang.foreign.MemorySegment;

/**
 * y = x + attention(norm(x)), z = y + feedForward(norm(y)): an encoder block that normalises first
 * (Xiong et al. 2020), which trains without a warm-up.
 */
public final class TransformerBlock implements Stage {
  private final int width;
  private final LayerNormStage attentionNorm;
  private final SelfAttention attention;
  private final DropoutStage attentionDropout;
  private final LayerNormStage feedNorm;
  private final DenseStage up;
  private final DenseStage down;
  private final DropoutStage feedDropout;
  private final Scratch middleScratch = new Scratch();
  private final Scratch outputScratch = new Scratch();
  private final Scratch gradientScratch = new Scratch();

  /**
   * A block of {@code heads} heads and {@code feedForward} hidden units on rows of {@code width}.
   *
   * @param number the first of the two numbers that the block's dropouts take
   */
  public TransformerBlock(
      String name,
      Parameters parameters,
      int width,
      int heads,
      int feedForward,
      double dropout,
      int number) {
    this.width = width;
    attentionNorm = new LayerNormStage(name + ".norm-1", parameters, width);
    attention = new SelfAttention(name + ".attention", parameters, width, heads);
    attentionDropout = new DropoutStage(width, dropout, number);
    feedNorm = new LayerNormStage(name + ".norm-2", parameters, width);
    up = new DenseStage(name + ".up", parameters, width, feedForward, true);
    down = new DenseStage(name + ".down", parameters, feedForward, width, false);
    feedDropout = new DropoutStage(width, dropout, number + 1);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public MemorySegment forward(Pass pass, MemorySegment x) {
    MemorySegment attended =
        attentionDropout.forward(pass, attention.forward(pass, attentionNorm.forward(pass, x)));
    MemorySegment middle = sum(pass, x, attended, middleScratch);
    MemorySegment fed =
        feedDropout.forward(
            pass, down.forward(pass, up.forward(pass, feedNorm.forward(pass, middle))));
    return sum(pass, middle, fed, outputScratch);
  }

  @Override
  public MemorySegment backward(Pass pass, MemorySegment gradient) {
    MemorySegment through = copy(pass, gradient);
    MemorySegment fed =
        feedNorm.backward(
            pass, up.backward(pass, down.backward(pass, feedDropout.backward(pass, through))));
    int count = pass.rows() * width;
    Loops.BEST.add(fed, 0, gradient, 0, count);
    MemorySegment attended =
        attentionNorm.backward(
            pass, attention.backward(pass, attentionDropout.backward(pass, copy(pass, gradient))));
    Loops.BEST.add(attended, 0, gradient, 0, count);
    return gradient;
  }

  private MemorySegment sum(Pass pass, MemorySegment x, MemorySegment y, Scratch scratch) {
    int count = pass.rows() * width;
    MemorySegment sum = scratch.atLeast(count);
    Columns.copy(x, 0, sum, 0, count);
    Loops.BEST.add(y, 0, sum, 0, count);
    return sum;
  }

  /** Stages may overwrite the gradient that they are given, which is needed once more here. */
  private MemorySegment copy(Pass pass, MemorySegment gradient) {
    int count = pass.rows() * width;
    MemorySegment copy = gradientScratch.atLeast(count);
    Columns.copy(gradient, 0, copy, 0, count);
    return copy;
  }
}
