package io.ilteo.modelkit.hosting.inference;

import com.google.protobuf.ByteString;
import io.ilteo.proto.inference.InferTensorContents;
import io.ilteo.proto.inference.ModelInferRequest;
import io.ilteo.proto.inference.ModelInferRequest.InferInputTensor;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tensors of a request by name, whichever way their contents were sent. */
final class InputTensors {
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /** A tensor and where its elements are. */
  private record Tensor(InferInputTensor described, @Nullable ByteBuffer raw) {}

  InputTensors(ModelInferRequest request) {
    boolean isRaw = request.getRawInputContentsCount() > 0;
    if (isRaw && request.getRawInputContentsCount() != request.getInputsCount()) {
      throw new InvalidArgument(
          "raw_input_contents holds %d tensors for %d inputs; one each, or none"
              .formatted(request.getRawInputContentsCount(), request.getInputsCount()));
    }
    for (int i = 0; i < request.getInputsCount(); i++) {
      InferInputTensor described = request.getInputs(i);
      ByteBuffer raw = isRaw ? littleEndian(request.getRawInputContents(i)) : null;
      if (tensors.put(described.getName(), new Tensor(described, raw)) != null) {
        throw new InvalidArgument("inputs holds \"%s\" twice".formatted(described.getName()));
      }
    }
  }

  private static ByteBuffer littleEndian(ByteString bytes) {
    return bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Names in the order of the request. */
  Iterable<String> names() {
    return tensors.keySet();
  }

  boolean has(String name) {
    return tensors.containsKey(name);
  }

  /** [rows, columns] of a tensor of two dimensions. */
  int[] matrixShape(String name) {
    Tensor tensor = require(name);
    if (tensor.described().getShapeCount() != 2) {
      throw new InvalidArgument(
          "input \"%s\" has shape %s; [persons, waves]"
              .formatted(name, tensor.described().getShapeList()));
    }
    long rows = tensor.described().getShape(0);
    long columns = tensor.described().getShape(1);
    if (rows < 1 || columns < 1 || rows > 10_000 || columns > 64) {
      throw new InvalidArgument(
          "input \"%s\" has shape [%d, %d]; 1 to 10,000 persons, 1 to 64 waves"
              .formatted(name, rows, columns));
    }
    return new int[] {(int) rows, (int) columns};
  }

  /** Elements of a FP64 or FP32 tensor of {@code size} elements. */
  double[] numbers(String name, int size) {
    Tensor tensor = require(name);
    InferTensorContents contents = tensor.described().getContents();
    double[] numbers = new double[size];
    switch (tensor.described().getDatatype()) {
      case "FP64" -> {
        requireSize(tensor, contents.getFp64ContentsCount(), size, Double.BYTES);
        for (int i = 0; i < size; i++) {
          numbers[i] =
              tensor.raw() == null
                  ? contents.getFp64Contents(i)
                  : tensor.raw().getDouble(i * Double.BYTES);
        }
      }
      case "FP32" -> {
        requireSize(tensor, contents.getFp32ContentsCount(), size, Float.BYTES);
        for (int i = 0; i < size; i++) {
          numbers[i] =
              tensor.raw() == null
                  ? contents.getFp32Contents(i)
                  : tensor.raw().getFloat(i * Float.BYTES);
        }
      }
      default -> throw wrongType(tensor, "FP64 or FP32");
    }
    return numbers;
  }

  /** Elements of an INT32 tensor of {@code size} elements. */
  int[] integers(String name, int size) {
    Tensor tensor = require(name);
    if (!tensor.described().getDatatype().equals("INT32")) {
      throw wrongType(tensor, "INT32");
    }
    InferTensorContents contents = tensor.described().getContents();
    requireSize(tensor, contents.getIntContentsCount(), size, Integer.BYTES);
    int[] integers = new int[size];
    for (int i = 0; i < size; i++) {
      integers[i] =
          tensor.raw() == null
              ? contents.getIntContents(i)
              : tensor.raw().getInt(i * Integer.BYTES);
    }
    return integers;
  }

  /** Elements of a BYTES tensor of {@code size} elements, as UTF-8. */
  String[] texts(String name, int size) {
    Tensor tensor = require(name);
    if (!tensor.described().getDatatype().equals("BYTES")) {
      throw wrongType(tensor, "BYTES");
    }
    String[] texts = new String[size];
    ByteBuffer raw = tensor.raw();
    if (raw == null) {
      InferTensorContents contents = tensor.described().getContents();
      requireSize(tensor, contents.getBytesContentsCount(), size, 1);
      for (int i = 0; i < size; i++) {
        texts[i] = contents.getBytesContents(i).toStringUtf8();
      }
      return texts;
    }
    ByteBuffer left = raw.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < size; i++) {
      int length = left.remaining() < Integer.BYTES ? -1 : left.getInt();
      if (length < 0 || length > left.remaining()) {
        throw new InvalidArgument(
            "raw_input_contents of \"%s\" ends in element %d of %d".formatted(name, i, size));
      }
      byte[] text = new byte[length];
      left.get(text);
      texts[i] = new String(text, StandardCharsets.UTF_8);
    }
    return texts;
  }

  private Tensor require(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new InvalidArgument("inputs lacks \"%s\"; it has %s".formatted(name, tensors.keySet()));
    }
    return tensor;
  }

  private static InvalidArgument wrongType(Tensor tensor, String accepted) {
    return new InvalidArgument(
        "input \"%s\" is of datatype \"%s\"; %s"
            .formatted(tensor.described().getName(), tensor.described().getDatatype(), accepted));
  }

  private static void requireSize(Tensor tensor, int given, int size, int bytes) {
    ByteBuffer raw = tensor.raw();
    int elements = raw == null ? given : raw.remaining() / bytes;
    boolean fits = raw == null ? given == size : raw.remaining() == size * bytes;
    if (!fits) {
      throw new InvalidArgument(
          "input \"%s\" holds %d elements; its shape and that of \"year\" say %d"
              .formatted(tensor.described().getName(), elements, size));
    }
  }
}
