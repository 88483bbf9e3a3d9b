package io.ilteo.modelkit.hosting;

import io.ilteo.modelkit.recurrent.SequenceNetwork;
import io.ilteo.modelkit.training.Hyperparameters;
import io.ilteo.modelkit.training.LearningProblem;
import io.ilteo.modelkit.training.ModelTask;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.proto.model.v1.Architecture;
import io.ilteo.proto.search.v1.Parameter;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import java.util.List;

/** Saved networks, and the problem they were trained for: what scoring them on a fold takes. */
record LoadedNetworks(List<SequenceNetwork> networks, LearningProblem problem) {
  /**
   * Loads networks of one architecture.
   *
   * @throws FailedPrecondition if the task no longer has it
   */
  static LoadedNetworks of(
      ModelTask task,
      PreparedData data,
      String architecture,
      List<Parameter> parameters,
      List<byte[]> saved) {
    return new LoadedNetworks(
        saved.stream().map(network -> SequenceNetwork.load(network, false)).toList(),
        task.problem(
            data, architecture, Hyperparameters.of(described(task, architecture), parameters)));
  }

  private static Architecture described(ModelTask task, String name) {
    return task.description().getArchitecturesList().stream()
        .filter(each -> each.getName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new FailedPrecondition(
                    "the model is of architecture %s, which this service no longer has"
                        .formatted(name)));
  }
}
