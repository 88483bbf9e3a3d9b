package io.ilteo.tuner.application;

/** Who changes something, and why: for the audit trail. */
public record Change(String actor, String reason) {
  private static final String TUNER = "tuner";

  /** A change that the tuner makes by itself. */
  public static Change byTuner(String reason) {
    return new Change(TUNER, reason);
  }

  /** Whether no person asked for it. */
  public boolean isByTuner() {
    return actor.equals(TUNER);
  }
}
