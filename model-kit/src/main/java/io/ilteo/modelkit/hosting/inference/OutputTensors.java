package io.ilteo.modelkit.hosting.inference;

import com.google.protobuf.ByteString;
import io.ilteo.modelkit.hosting.prediction.Answer;
import io.ilteo.modelkit.training.PredictedAmounts;
import io.ilteo.modelkit.training.PredictedClasses;
import io.ilteo.proto.inference.InferTensorContents;
import io.ilteo.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import io.ilteo.proto.inference.ModelInferResponse;
import io.ilteo.proto.inference.ModelInferResponse.InferOutputTensor;
import io.ilteo.proto.inference.ModelMetadataResponse.TensorMetadata;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An answer as tensors. */
final class OutputTensors {
  /** A tensor: one number for each place of its shape, whatever its type. */
  private record Tensor(String datatype, List<Long> shape, double[] elements) {}

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /**
   * The tensors of an answer.
   *
   * @param target name of the tensor of amounts
   */
  OutputTensors(Answer answer, String target) {
    List<double[]> rows = new ArrayList<>();
    List<Integer> years = new ArrayList<>();
    answer.forEach(
        (part, row, contributions) -> {
          years.add(part.sequences().targetYear(row));
          rows.add(
              switch (part.predicted()) {
                case PredictedAmounts amounts ->
                    new double[] {
                      amounts.amounts()[row], amounts.lower()[row], amounts.upper()[row]
                    };
                case PredictedClasses classes -> flat(classes, row);
              });
        });
    long n = rows.size();
    tensors.put(
        "target_year",
        new Tensor("INT32", List.of(n), years.stream().mapToDouble(y -> y).toArray()));
    if (answer.parts().getFirst().predicted() instanceof PredictedClasses classes) {
      int k = classes.labels().size();
      tensors.put("class", new Tensor("INT32", List.of(n), columns(rows, 0, 1)));
      tensors.put("probabilities", new Tensor("FP64", List.of(n, (long) k), columns(rows, 1, k)));
      tensors.put(
          "prediction_set", new Tensor("BOOL", List.of(n, (long) k), columns(rows, 1 + k, k)));
    } else {
      tensors.put(target, new Tensor("FP64", List.of(n), columns(rows, 0, 1)));
      tensors.put("lower", new Tensor("FP64", List.of(n), columns(rows, 1, 1)));
      tensors.put("upper", new Tensor("FP64", List.of(n), columns(rows, 2, 1)));
    }
  }

  private static double[] flat(PredictedClasses classes, int row) {
    int k = classes.labels().size();
    double[] flat = new double[1 + 2 * k];
    flat[0] = classes.decided()[row];
    for (int c = 0; c < k; c++) {
      flat[1 + c] = classes.probabilities()[row][c];
      flat[1 + k + c] = classes.sets()[row][c] ? 1 : 0;
    }
    return flat;
  }

  private static double[] columns(List<double[]> rows, int from, int count) {
    double[] columns = new double[rows.size() * count];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), from, columns, i * count, count);
    }
    return columns;
  }

  /** Names, types and shapes, -1 for the persons. */
  List<TensorMetadata> describe() {
    return tensors.entrySet().stream()
        .map(
            named ->
                TensorMetadata.newBuilder()
                    .setName(named.getKey())
                    .setDatatype(named.getValue().datatype())
                    .addAllShape(named.getValue().shape())
                    .setShape(0, -1)
                    .build())
        .toList();
  }

  private static InferOutputTensor.Builder described(String name, Tensor tensor) {
    return InferOutputTensor.newBuilder()
        .setName(name)
        .setDatatype(tensor.datatype())
        .addAllShape(tensor.shape());
  }

  /**
   * Writes those that were asked for, or all.
   *
   * @throws InvalidArgument if one does not exist
   */
  void write(
      List<InferRequestedOutputTensor> wanted, boolean raw, ModelInferResponse.Builder response) {
    List<String> names =
        wanted.isEmpty()
            ? List.copyOf(tensors.keySet())
            : wanted.stream().map(InferRequestedOutputTensor::getName).toList();
    for (String name : names) {
      Tensor tensor = tensors.get(name);
      if (tensor == null) {
        throw new InvalidArgument(
            "outputs asks for \"%s\"; there are %s".formatted(name, tensors.keySet()));
      }
      InferOutputTensor.Builder output = described(name, tensor);
      if (raw) {
        response.addRawOutputContents(raw(tensor));
      } else {
        output.setContents(contents(tensor));
      }
      response.addOutputs(output);
    }
  }

  private static InferTensorContents contents(Tensor tensor) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    for (double element : tensor.elements()) {
      switch (tensor.datatype()) {
        case "INT32" -> contents.addIntContents((int) element);
        case "BOOL" -> contents.addBoolContents(element != 0);
        default -> contents.addFp64Contents(element);
      }
    }
    return contents.build();
  }

  private static ByteString raw(Tensor tensor) {
    ByteBuffer bytes =
        ByteBuffer.allocate(tensor.elements().length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double element : tensor.elements()) {
      switch (tensor.datatype()) {
        case "INT32" -> bytes.putInt((int) element);
        case "BOOL" -> bytes.put((byte) element);
        default -> bytes.putDouble(element);
      }
    }
    return ByteString.copyFrom(bytes.flip());
  }
}
