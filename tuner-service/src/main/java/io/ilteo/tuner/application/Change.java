package io.ilteo.tuner.application;

/** Who changes something, and why: for the audit trail. */
public record Change(String actor, String reason) {
  /** A change that the tuner makes by itself. */
  public static Change byTuner(String reason) {
    return new Change("tuner", reason);
  }
}
