package io.ilteo.wage;

import com.google.protobuf.ByteString;
import io.ilteo.proto.inference.InferTensorContents;
import io.ilteo.proto.inference.ModelInferRequest;
import io.ilteo.proto.inference.ModelInferRequest.InferInputTensor;
import io.ilteo.proto.model.v1.HistoryBatch;
import io.ilteo.proto.model.v1.PersonHistory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Histories as a client of the Open Inference Protocol would send them. */
final class TensorRequests {
  private TensorRequests() {}

  private static int waves(HistoryBatch histories) {
    return histories.getPersonsList().stream()
        .mapToInt(PersonHistory::getWavesCount)
        .max()
        .orElseThrow();
  }

  /** Elements in the fields of their types. */
  static ModelInferRequest typed(HistoryBatch histories) {
    int waves = waves(histories);
    ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("wage");
    InferTensorContents.Builder ids = InferTensorContents.newBuilder();
    InferTensorContents.Builder years = InferTensorContents.newBuilder();
    for (PersonHistory person : histories.getPersonsList()) {
      ids.addBytesContents(ByteString.copyFromUtf8(person.getPersonId()));
      for (int w = 0; w < waves; w++) {
        years.addIntContents(w < person.getWavesCount() ? person.getWaves(w).getYear() : 0);
      }
    }
    request.addInputs(
        InferInputTensor.newBuilder()
            .setName("person_id")
            .setDatatype("BYTES")
            .addShape(histories.getPersonsCount())
            .setContents(ids));
    request.addInputs(
        matrix("year", "INT32", histories.getPersonsCount(), waves).setContents(years));
    for (int c = 0; c < histories.getColumnsCount(); c++) {
      InferTensorContents.Builder values = InferTensorContents.newBuilder();
      for (PersonHistory person : histories.getPersonsList()) {
        for (int w = 0; w < waves; w++) {
          values.addFp64Contents(
              w < person.getWavesCount() ? person.getWaves(w).getValues(c) : Double.NaN);
        }
      }
      request.addInputs(
          matrix(histories.getColumns(c), "FP64", histories.getPersonsCount(), waves)
              .setContents(values));
    }
    return request.build();
  }

  private static InferInputTensor.Builder matrix(
      String name, String datatype, int rows, int columns) {
    return InferInputTensor.newBuilder()
        .setName(name)
        .setDatatype(datatype)
        .addShape(rows)
        .addShape(columns);
  }

  /** The same, elements as bytes. */
  static ModelInferRequest raw(HistoryBatch histories) {
    ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("wage");
    for (InferInputTensor tensor : typed(histories).getInputsList()) {
      InferTensorContents contents = tensor.getContents();
      ByteBuffer bytes = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
      contents.getIntContentsList().forEach(bytes::putInt);
      contents.getFp64ContentsList().forEach(bytes::putDouble);
      contents
          .getBytesContentsList()
          .forEach(text -> bytes.putInt(text.size()).put(text.toByteArray()));
      request.addInputs(tensor.toBuilder().clearContents());
      request.addRawInputContents(ByteString.copyFrom(bytes.flip()));
    }
    return request.build();
  }
}
