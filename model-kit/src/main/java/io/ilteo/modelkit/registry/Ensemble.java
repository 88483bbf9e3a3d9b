package io.ilteo.modelkit.registry;

import io.ilteo.modelkit.panel.feature.FittedInputs;
import io.ilteo.proto.model.v1.DataSpec;
import io.ilteo.proto.search.v1.Parameter;
import java.util.List;

/**
 * Networks of one form that answer together, as they are stored; every part matched its checksum.
 *
 * @param data what they learned from
 * @param parameters values of the architecture's search space
 * @param networks saved, at least one
 * @param inputs how the inputs of all of them are made
 */
public record Ensemble(
    DataSpec data,
    String architecture,
    List<Parameter> parameters,
    List<byte[]> networks,
    FittedInputs inputs) {
  public Ensemble {
    parameters = List.copyOf(parameters);
    networks = List.copyOf(networks);
  }
}
