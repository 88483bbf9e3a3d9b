package io.ilteo.tuner.domain.study;

import java.util.Set;

/** Where a study stands. */
public enum StudyState {
  DRAFT,
  RUNNING,
  PAUSED,
  STOPPING,
  STOPPED,
  COMPLETED,
  FAILED;

  /** Whether nothing more will happen unless somebody starts it again. */
  public boolean hasEnded() {
    return this == STOPPED || this == COMPLETED || this == FAILED;
  }

  /** The states from which {@code this} may be reached by a person. */
  public Set<StudyState> reachableFrom() {
    return switch (this) {
      case RUNNING -> Set.of(DRAFT, PAUSED, STOPPED, RUNNING);
      case PAUSED -> Set.of(RUNNING, PAUSED);
      case STOPPING -> Set.of(RUNNING, PAUSED, STOPPING);
      case DRAFT, STOPPED, COMPLETED, FAILED -> Set.of();
    };
  }
}
