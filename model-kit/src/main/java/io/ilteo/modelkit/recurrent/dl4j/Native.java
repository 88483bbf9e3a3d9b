package io.ilteo.modelkit.recurrent.dl4j;

import io.ilteo.modelkit.recurrent.kernel.Scratch;
import java.lang.foreign.MemorySegment;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays of ND4J as memory, and matrices of rows as sequences. */
final class Native {
  private Native() {}

  /** The floats of a dense array, in the order of its memory; alive as long as the array is. */
  static MemorySegment memory(INDArray array) {
    if (array.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException("expected FLOAT, got " + array.dataType());
    }
    long address = array.data().address() + array.offset() * Float.BYTES;
    return MemorySegment.ofAddress(address).reinterpret(array.length() * Float.BYTES);
  }

  /** The floats of a dense array in memory that stays. */
  static MemorySegment copy(INDArray array, Scratch scratch) {
    MemorySegment memory = scratch.atLeast(array.length());
    MemorySegment.copy(memory(array), 0, memory, 0, array.length() * Float.BYTES);
    return memory;
  }

  /** A sequence [B, N, T] as rows t·B + b of N values. */
  static INDArray rows(INDArray sequence) {
    return sequence.permute(2, 0, 1).dup('c');
  }

  /** A mask [B, T] as rows t·B + b. */
  static INDArray maskRows(INDArray mask) {
    return mask.castTo(DataType.FLOAT).permute(1, 0).dup('c');
  }

  /** Rows t·B + b of N values as a sequence [B, N, T]. */
  static INDArray sequence(MemorySegment rows, int batch, int width, int steps) {
    INDArray array =
        Nd4j.createUninitialized(DataType.FLOAT, new long[] {steps, batch, width}, 'c');
    MemorySegment.copy(rows, 0, memory(array), 0, array.length() * Float.BYTES);
    return array.permute(1, 2, 0);
  }
}
