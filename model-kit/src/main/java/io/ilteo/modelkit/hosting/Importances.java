package io.ilteo.modelkit.hosting;

import io.ilteo.modelkit.registry.ModelVersions;
import io.ilteo.modelkit.training.ModelTask;
import io.ilteo.modelkit.training.PermutationImportance;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.TaskDescriptions;
import io.ilteo.proto.model.v1.Direction;
import io.ilteo.proto.model.v1.InputImportance;
import io.ilteo.proto.model.v1.MeasureImportanceRequest;
import io.ilteo.proto.model.v1.MeasureImportanceResponse;
import io.ilteo.proto.model.v1.MetricSpec;
import io.ilteo.proto.model.v1.ModelVersion;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;

/** Measures which inputs a version lives on, on its validation fold. */
public final class Importances {
  private static final int USUAL_REPEATS = 5;
  private static final int MOST_REPEATS = 50;

  private final ModelTask task;
  private final PreparedPanels panels;
  private final ModelVersions versions;
  private final ScoringThread thread;

  public Importances(
      ModelTask task, PreparedPanels panels, ModelVersions versions, ScoringThread thread) {
    this.task = task;
    this.panels = panels;
    this.versions = versions;
    this.thread = thread;
  }

  MeasureImportanceResponse measure(MeasureImportanceRequest request) throws Exception {
    int repeats = request.getRepeats() == 0 ? USUAL_REPEATS : request.getRepeats();
    if (repeats < 1 || repeats > MOST_REPEATS) {
      throw new InvalidArgument("repeats is %d; 1 to 50".formatted(request.getRepeats()));
    }
    MetricSpec metric = TaskDescriptions.metric(task.description(), "metric", request.getMetric());
    ModelVersion version = versions.get(request.getModelVersion());
    return thread.run(() -> measure(version, metric, repeats, request.getSeed()));
  }

  private MeasureImportanceResponse measure(
      ModelVersion version, MetricSpec metric, int repeats, long seed) {
    PreparedData data = panels.get(version.getLineage().getData());
    LoadedNetworks loaded =
        LoadedNetworks.of(
            task,
            data,
            version.getArchitecture(),
            version.getParametersList(),
            versions.networks(version.getName()));
    PermutationImportance.Result result =
        new PermutationImportance(loaded.networks(), loaded.problem(), data)
            .measure(
                metric.getName(),
                metric.getDirection() == Direction.DIRECTION_MINIMIZE,
                repeats,
                seed);
    MeasureImportanceResponse.Builder response =
        MeasureImportanceResponse.newBuilder().setMetric(metric.getName()).setValue(result.value());
    result
        .importances()
        .forEach(
            each ->
                response.addInputs(
                    InputImportance.newBuilder()
                        .setInput(each.source())
                        .setWorsening(each.worsening())
                        .setStandardDeviation(each.deviation())));
    return response.build();
  }
}
