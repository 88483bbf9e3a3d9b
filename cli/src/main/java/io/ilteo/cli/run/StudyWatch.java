package io.ilteo.cli.run;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.ilteo.cli.client.Services;
import io.ilteo.cli.platform.Pause;
import io.ilteo.proto.tuner.v1.GetStudyRequest;
import io.ilteo.proto.tuner.v1.Study;
import io.ilteo.proto.tuner.v1.StudyState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Watches studies to their end.
 *
 * <p>A tuner that does not answer is waited for: the studies live in the database and go on when a
 * tuner is back.
 */
public final class StudyWatch {
  private static final Set<StudyState> ENDED =
      Set.of(
          StudyState.STUDY_STATE_COMPLETED,
          StudyState.STUDY_STATE_STOPPED,
          StudyState.STUDY_STATE_FAILED);
  private static final long PAUSE_MILLIS = 500;

  private final Services services;
  private final ProgressDisplay display;
  private final Duration patience;

  /**
   * Makes a watch.
   *
   * @param patience how long a tuner may stay silent before the watch gives up
   */
  public StudyWatch(Services services, ProgressDisplay display, Duration patience) {
    this.services = services;
    this.display = display;
    this.patience = patience;
  }

  /** Returns the studies once each has ended. */
  public List<Study> untilEnded(List<String> names) {
    return until(names, study -> ENDED.contains(study.getState()));
  }

  /** Returns the studies once no winner of theirs waits for a fresh seed. */
  List<Study> untilConfirmed(List<String> names) {
    return until(
        names,
        study -> study.getConfirmationsList().stream().allMatch(each -> each.getOpen() == 0));
  }

  private List<Study> until(List<String> names, Predicate<Study> over) {
    Instant heard = Instant.now();
    while (true) {
      try {
        List<Study> studies = new ArrayList<>();
        for (String name : names) {
          studies.add(
              services
                  .studies()
                  .getStudy(GetStudyRequest.newBuilder().setName(name).build())
                  .getStudy());
        }
        heard = Instant.now();
        display.show(studies);
        if (studies.stream().allMatch(over)) {
          display.end();
          return studies;
        }
      } catch (StatusRuntimeException failure) {
        if (!passes(failure) || Instant.now().isAfter(heard.plus(patience))) {
          display.end();
          throw failure;
        }
        display.silent();
      }
      Pause.millis(PAUSE_MILLIS);
    }
  }

  /** Whether a service was away, which passes. */
  static boolean passes(StatusRuntimeException failure) {
    Status.Code code = failure.getStatus().getCode();
    return code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED;
  }
}
