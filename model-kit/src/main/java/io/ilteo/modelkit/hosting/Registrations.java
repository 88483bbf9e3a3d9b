package io.ilteo.modelkit.hosting;

import io.ilteo.modelkit.registry.Ensemble;
import io.ilteo.modelkit.registry.ModelVersions;
import io.ilteo.modelkit.training.Attachments;
import io.ilteo.modelkit.training.ModelTask;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.Trainer;
import io.ilteo.proto.model.v1.ModelVersion;
import java.util.List;
import java.util.Optional;

/**
 * Makes versions that can serve: intervals, calibration and decision rule are fitted here, for the
 * ensemble as a whole and on the validation fold, before the version exists.
 */
public final class Registrations {
  private final ModelTask task;
  private final PreparedPanels panels;
  private final ModelVersions versions;
  private final ScoringThread thread;

  public Registrations(
      ModelTask task, PreparedPanels panels, ModelVersions versions, ScoringThread thread) {
    this.task = task;
    this.panels = panels;
    this.versions = versions;
    this.thread = thread;
  }

  /** The version that {@code candidates} make, made if there is none yet. */
  ModelVersion register(List<String> candidates) throws Exception {
    Optional<ModelVersion> existing = versions.find(candidates);
    if (existing.isPresent()) {
      return existing.get();
    }
    Ensemble ensemble = versions.ensemble(candidates);
    Attachments attachments = thread.run(() -> attachments(ensemble));
    return versions.register(candidates, attachments);
  }

  private Attachments attachments(Ensemble ensemble) {
    PreparedData data = panels.get(ensemble.data());
    LoadedNetworks loaded =
        LoadedNetworks.of(
            task, data, ensemble.architecture(), ensemble.parameters(), ensemble.networks());
    return Trainer.attachments(loaded.networks(), loaded.problem(), data);
  }
}
