package io.ilteo.tuner.domain.study;

/** Who proposed a trial's configuration. */
public enum TrialOrigin {
  SAMPLER,
  ENQUEUED,
  IMPORTED,
  CONFIRMATION;

  /** Whether a trial of this origin counts towards the budget. */
  public boolean countsTowardsBudget() {
    return this == SAMPLER || this == ENQUEUED;
  }
}
