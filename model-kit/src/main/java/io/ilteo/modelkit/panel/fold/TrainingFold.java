package io.ilteo.modelkit.panel.fold;

/** The sequences that networks and transforms learn from. */
public final class TrainingFold extends Fold {
  TrainingFold(Samples samples) {
    super(samples);
  }
}
