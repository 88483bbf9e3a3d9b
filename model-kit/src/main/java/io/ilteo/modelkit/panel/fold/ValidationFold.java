package io.ilteo.modelkit.panel.fold;

/** The sequences that early stopping and tuning look at. */
public final class ValidationFold extends Fold {
  ValidationFold(Samples samples) {
    super(samples);
  }
}
