package io.ilteo.modelkit.recurrent.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/** How parameters are drawn before training. */
public sealed interface Initialisation {
  /** Fills {@code block} of {@code values}. */
  void fill(Parameters.Block block, MemorySegment values, RandomGenerator random);

  /** All the same. */
  record Constant(float value) implements Initialisation {
    @Override
    public void fill(Parameters.Block block, MemorySegment values, RandomGenerator random) {
      for (long i = 0; i < block.size(); i++) {
        put(values, block.from() + i, value);
      }
    }
  }

  /** 0, but 1 for the forget gate, so that gradients reach far at first (Gers et al. 2000). */
  record ForgetGateOpen(int units) implements Initialisation {
    @Override
    public void fill(Parameters.Block block, MemorySegment values, RandomGenerator random) {
      for (long i = 0; i < block.size(); i++) {
        put(values, block.from() + i, i >= units && i < 2L * units ? 1f : 0f);
      }
    }
  }

  /**
   * Uniform in ±√(6 / (fan in + fan out)) (Glorot and Bengio 2010, eq. 16).
   *
   * @param fanOut columns that one output sees together, e.g. the units of one gate
   */
  record Glorot(int fanOut) implements Initialisation {
    @Override
    public void fill(Parameters.Block block, MemorySegment values, RandomGenerator random) {
      double limit = Math.sqrt(6.0 / (block.rows() + fanOut));
      for (long i = 0; i < block.size(); i++) {
        put(values, block.from() + i, (float) random.nextDouble(-limit, limit));
      }
    }
  }

  /**
   * Square blocks of orthogonal columns, one for each gate (Saxe et al. 2014).
   *
   * @param length of each column
   */
  record Orthogonal(double length) implements Initialisation {
    @Override
    public void fill(Parameters.Block block, MemorySegment values, RandomGenerator random) {
      int units = block.rows();
      for (int gate = 0; gate < block.columns() / units; gate++) {
        RealMatrix drawn = MatrixUtils.createRealMatrix(units, units);
        for (int row = 0; row < units; row++) {
          for (int column = 0; column < units; column++) {
            drawn.setEntry(row, column, random.nextGaussian());
          }
        }
        QRDecomposition decomposition = new QRDecomposition(drawn);
        RealMatrix q = decomposition.getQ();
        RealMatrix r = decomposition.getR();
        long from = block.from() + (long) gate * units * units;
        for (int column = 0; column < units; column++) {
          // Without the signs of R's diagonal, Q would not be uniform (Mezzadri 2007).
          double scale = length * Math.signum(r.getEntry(column, column));
          for (int row = 0; row < units; row++) {
            put(
                values,
                from + (long) column * units + row,
                (float) (scale * q.getEntry(row, column)));
          }
        }
      }
    }
  }

  /** Falling logits that give each of the ranks between them the same share. */
  record EvenlyRanked() implements Initialisation {
    @Override
    public void fill(Parameters.Block block, MemorySegment values, RandomGenerator random) {
      int ranks = block.columns() + 1;
      for (int k = 0; k < block.columns(); k++) {
        double odds = (double) (ranks - 1 - k) / (k + 1);
        put(values, block.from() + k, (float) StrictMath.log(odds));
      }
    }
  }

  /** Gaussian around 0. */
  record Normal(double deviation) implements Initialisation {
    @Override
    public void fill(Parameters.Block block, MemorySegment values, RandomGenerator random) {
      for (long i = 0; i < block.size(); i++) {
        put(values, block.from() + i, (float) random.nextGaussian(0, deviation));
      }
    }
  }

  private static void put(MemorySegment values, long index, float value) {
    values.setAtIndex(ValueLayout.JAVA_FLOAT, index, value);
  }
}
