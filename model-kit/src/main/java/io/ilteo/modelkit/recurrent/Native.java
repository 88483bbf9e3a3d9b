package io.ilteo.modelkit.recurrent;

import java.lang.foreign.MemorySegment;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Memory of ND4J arrays, as kernels see it. */
final class Native {
  private Native() {}

  /** The array itself if it is a dense 'f'-ordered float array, else such a copy. */
  static INDArray dense(INDArray array) {
    INDArray floats = array.dataType() == DataType.FLOAT ? array : array.castTo(DataType.FLOAT);
    boolean dense =
        floats.ordering() == 'f'
            && floats.elementWiseStride() == 1
            && java.util.Arrays.equals(floats.stride(), denseStrides(floats.shape()));
    return dense ? floats : floats.dup('f');
  }

  /** Memory of a dense array. */
  static MemorySegment memory(INDArray dense) {
    return MemorySegment.ofAddress(address(dense)).reinterpret(dense.length() * Float.BYTES);
  }

  /** Address of a dense array. */
  static long address(INDArray dense) {
    return dense.data().address() + dense.offset() * Float.BYTES;
  }

  private static long[] denseStrides(long[] shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int i = 0; i < shape.length; i++) {
      strides[i] = stride;
      stride *= shape[i];
    }
    return strides;
  }
}
