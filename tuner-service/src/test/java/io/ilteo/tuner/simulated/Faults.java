package io.ilteo.tuner.simulated;

import java.time.Duration;

/**
 * What goes wrong in a simulated model service.
 *
 * @param epochPause time an epoch takes
 * @param capacity trainings at a time
 * @param nanEvery each so many-th training ends with a NaN objective; 0 means none
 * @param divergeEvery each so many-th training diverges; 0 means none
 * @param vanishEvery each so many-th training ends with UNAVAILABLE half-way; 0 means none
 */
public record Faults(
    Duration epochPause, int capacity, int nanEvery, int divergeEvery, int vanishEvery) {
  /** None, and no time taken. */
  public static Faults none() {
    return new Faults(Duration.ZERO, 64, 0, 0, 0);
  }

  /** As this, with each epoch taking {@code pause}. */
  public Faults withPause(Duration pause) {
    return new Faults(pause, capacity, nanEvery, divergeEvery, vanishEvery);
  }

  /** As this, with so many trainings at a time. */
  public Faults withCapacity(int trainings) {
    return new Faults(epochPause, trainings, nanEvery, divergeEvery, vanishEvery);
  }
}
