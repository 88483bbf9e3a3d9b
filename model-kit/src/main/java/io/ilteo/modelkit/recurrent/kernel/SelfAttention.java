package io.ilteo.modelkit.recurrent.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Multi-head self-attention over a masked sequence (Vaswani et al. 2017, section 3.2).
 *
 * <pre>
 * [Q K V] = x W + b,  P = softmax(Q Kᵀ / √d) over observed steps,  y = (P V of all heads) W' + b'
 * </pre>
 *
 * <p>Sequences are short (T² stays far below the width), so that scores are worked out one by one.
 */
public final class SelfAttention implements Stage {
  private final int width;
  private final int heads;
  private final int headWidth;
  private final float scale;
  private final DenseStage projection;
  private final DenseStage output;
  private final Scratch weightScratch = new Scratch();
  private final Scratch mixedScratch = new Scratch();
  private final Scratch gradientScratch = new Scratch();
  private MemorySegment projected = MemorySegment.NULL;
  private MemorySegment weights = MemorySegment.NULL;

  /** Attention of {@code heads} heads over rows of {@code width}, a multiple of heads. */
  public SelfAttention(String name, Parameters parameters, int width, int heads) {
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "a width of %d cannot be divided among %d heads".formatted(width, heads));
    }
    this.width = width;
    this.heads = heads;
    this.headWidth = width / heads;
    this.scale = (float) (1 / Math.sqrt(headWidth));
    this.projection = new DenseStage(name + ".qkv", parameters, width, 3 * width, false);
    this.output = new DenseStage(name + ".out", parameters, width, width, false);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public MemorySegment forward(Pass pass, MemorySegment x) {
    int steps = pass.steps();
    projected = projection.forward(pass, x);
    weights = weightScratch.atLeast((long) pass.batch() * heads * steps * steps);
    MemorySegment mixed = mixedScratch.atLeast((long) pass.rows() * width);
    Columns.clear(mixed, 0, (long) pass.rows() * width);
    for (int b = 0; b < pass.batch(); b++) {
      for (int head = 0; head < heads; head++) {
        for (int t = 0; t < steps; t++) {
          long scores = scores(pass, b, head, t);
          for (int s = 0; s < steps; s++) {
            float dot =
                Reductions.BEST.dot(
                    projected,
                    query(pass, b, head, t),
                    projected,
                    key(pass, b, head, s),
                    headWidth);
            Loops.put(weights, scores + s, dot * scale);
          }
          MaskedSoftmax.apply(weights, scores, 1, steps, pass.mask(), b, pass.batch());
          for (int s = 0; s < steps; s++) {
            Loops.BEST.addScaled(
                Loops.at(weights, scores + s),
                projected,
                value(pass, b, head, s),
                mixed,
                mixed(pass, b, head, t),
                headWidth);
          }
        }
      }
    }
    return output.forward(pass, mixed);
  }

  @Override
  public MemorySegment backward(Pass pass, MemorySegment gradient) {
    int steps = pass.steps();
    MemorySegment mixedGradient = output.backward(pass, gradient);
    MemorySegment back = gradientScratch.atLeast((long) pass.rows() * 3 * width);
    Columns.clear(back, 0, (long) pass.rows() * 3 * width);
    double[] through = new double[steps];
    for (int b = 0; b < pass.batch(); b++) {
      for (int head = 0; head < heads; head++) {
        for (int t = 0; t < steps; t++) {
          long scores = scores(pass, b, head, t);
          long mixed = mixed(pass, b, head, t);
          double mean = 0;
          for (int s = 0; s < steps; s++) {
            long value = value(pass, b, head, s);
            float weight = Loops.at(weights, scores + s);
            through[s] = Reductions.BEST.dot(mixedGradient, mixed, projected, value, headWidth);
            mean += weight * through[s];
            Loops.BEST.addScaled(weight, mixedGradient, mixed, back, value, headWidth);
          }
          for (int s = 0; s < steps; s++) {
            float score = (float) (Loops.at(weights, scores + s) * (through[s] - mean)) * scale;
            long query = query(pass, b, head, t);
            long key = key(pass, b, head, s);
            Loops.BEST.addScaled(score, projected, key, back, query, headWidth);
            Loops.BEST.addScaled(score, projected, query, back, key, headWidth);
          }
        }
      }
    }
    return projection.backward(pass, back);
  }

  private long scores(Pass pass, int b, int head, int t) {
    return (((long) b * heads + head) * pass.steps() + t) * pass.steps();
  }

  private long mixed(Pass pass, int b, int head, int t) {
    return ((long) t * pass.batch() + b) * width + (long) head * headWidth;
  }

  private long query(Pass pass, int b, int head, int t) {
    return ((long) t * pass.batch() + b) * 3 * width + (long) head * headWidth;
  }

  private long key(Pass pass, int b, int head, int t) {
    return query(pass, b, head, t) + width;
  }

  private long value(Pass pass, int b, int head, int t) {
    return query(pass, b, head, t) + 2L * width;
  }
}
