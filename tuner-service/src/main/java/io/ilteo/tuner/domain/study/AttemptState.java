package io.ilteo.tuner.domain.study;

/** Where an attempt at a trial stands. */
public enum AttemptState {
  RUNNING,
  FINISHED,
  FAILED,
  /** Its lease expired: the worker vanished. */
  LOST,
  /** The worker gave the lease back. */
  PREEMPTED,
  STOPPED
}
