package io.ilteo.modelkit.hosting.inference;

import io.ilteo.modelkit.panel.feature.FittedInputs;
import io.ilteo.proto.inference.ModelInferRequest;
import io.ilteo.proto.inference.ModelMetadataResponse.TensorMetadata;
import io.ilteo.proto.model.v1.HistoryBatch;
import io.ilteo.proto.model.v1.PersonHistory;
import io.ilteo.proto.model.v1.Wave;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.util.ArrayList;
import java.util.List;

/**
 * Histories as tensors [persons, waves]: {@code year} (INT32, 0 where a person has fewer waves), a
 * tensor for each column (FP64 or FP32, NaN where missing), and {@code person_id} (BYTES,
 * [persons]), which may be left out.
 */
final class TensorHistories {
  private static final String YEAR = "year";
  private static final String PERSON = "person_id";

  private TensorHistories() {}

  static List<TensorMetadata> describe(FittedInputs inputs) {
    List<TensorMetadata> tensors = new ArrayList<>();
    tensors.add(tensor(PERSON, "BYTES").addShape(-1).build());
    tensors.add(tensor(YEAR, "INT32").addShape(-1).addShape(-1).build());
    for (String column : inputs.columns()) {
      tensors.add(tensor(column, "FP64").addShape(-1).addShape(-1).build());
    }
    return tensors;
  }

  private static TensorMetadata.Builder tensor(String name, String datatype) {
    return TensorMetadata.newBuilder().setName(name).setDatatype(datatype);
  }

  static HistoryBatch read(ModelInferRequest request) {
    InputTensors tensors = new InputTensors(request);
    int[] shape = tensors.matrixShape(YEAR);
    int persons = shape[0];
    int waves = shape[1];
    int[] years = tensors.integers(YEAR, persons * waves);
    HistoryBatch.Builder batch = HistoryBatch.newBuilder();
    List<double[]> columns = new ArrayList<>();
    for (String name : tensors.names()) {
      if (!name.equals(YEAR) && !name.equals(PERSON)) {
        int[] own = tensors.matrixShape(name);
        if (own[0] != persons || own[1] != waves) {
          throw new InvalidArgument(
              "input \"%s\" has shape [%d, %d]; \"year\" has [%d, %d]"
                  .formatted(name, own[0], own[1], persons, waves));
        }
        batch.addColumns(name);
        columns.add(tensors.numbers(name, persons * waves));
      }
    }
    String[] ids = tensors.has(PERSON) ? tensors.texts(PERSON, persons) : new String[0];
    for (int p = 0; p < persons; p++) {
      PersonHistory.Builder person = PersonHistory.newBuilder();
      if (ids.length > 0) {
        person.setPersonId(ids[p]);
      }
      for (int at = p * waves; at < (p + 1) * waves; at++) {
        if (years[at] != 0) {
          Wave.Builder wave = Wave.newBuilder().setYear(years[at]);
          for (double[] column : columns) {
            wave.addValues(column[at]);
          }
          person.addWaves(wave);
        }
      }
      batch.addPersons(person);
    }
    return batch.build();
  }
}
