package io.ilteo.tuner.domain.study;

/** Where a trial stands. */
public enum TrialState {
  WAITING,
  RUNNING,
  COMPLETED,
  PRUNED,
  FAILED,
  STOPPED;

  /** Whether the trial has ended. */
  public boolean hasEnded() {
    return this != WAITING && this != RUNNING;
  }
}
