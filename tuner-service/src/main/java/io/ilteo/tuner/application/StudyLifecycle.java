package io.ilteo.tuner.application;

import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.StudyState;
import io.ilteo.tuner.wire.Spaces;
import java.util.Optional;

/** What people do to a study once it exists. */
public final class StudyLifecycle {
  private final StudyStore studies;
  private final TrialQueue queue;
  private final WarmStart warmStart;

  public StudyLifecycle(StudyStore studies, TrialQueue queue, WarmStart warmStart) {
    this.studies = studies;
    this.queue = queue;
    this.warmStart = warmStart;
  }

  /** DRAFT, PAUSED or STOPPED becomes RUNNING; the first start queues the enqueued trials. */
  public Study start(StudyId id, Change change) {
    Study before = studies.get(id);
    if (before.state() == StudyState.RUNNING) {
      return before;
    }
    if (before.state() == StudyState.DRAFT && !before.spec().getWarmStartFrom().isEmpty()) {
      warmStart.importInto(before, change);
    }
    if (before.state() == StudyState.DRAFT && before.spec().getEnqueuedCount() > 0) {
      var configurations =
          before.spec().getEnqueuedList().stream()
              .map(c -> Spaces.read(c.getParametersList(), before.space()))
              .toList();
      queue.enqueue(id, configurations, change);
    }
    return studies.transition(id, StudyState.RUNNING.reachableFrom(), StudyState.RUNNING, change);
  }

  /** RUNNING becomes PAUSED. */
  public Study pause(StudyId id, Change change) {
    return studies.transition(id, StudyState.PAUSED.reachableFrom(), StudyState.PAUSED, change);
  }

  /** RUNNING or PAUSED becomes STOPPING, and STOPPED as soon as nothing runs. */
  public Study stop(StudyId id, Change change) {
    studies.transition(id, StudyState.STOPPING.reachableFrom(), StudyState.STOPPING, change);
    studies.settle(id);
    return studies.get(id);
  }

  /** Changes what may be changed, within the same limits as at creation. */
  public Study update(
      StudyId id, Optional<Long> expectedVersion, StudyStore.Edit edit, Change change) {
    edit.budget()
        .filter(budget -> budget < 1 || budget > 1_000_000)
        .ifPresent(
            budget -> {
              throw new InvalidArgument("budget is " + budget + "; 1 to 1000000");
            });
    edit.parallelism()
        .filter(parallelism -> parallelism < 1 || parallelism > 10_000)
        .ifPresent(
            parallelism -> {
              throw new InvalidArgument("parallelism is " + parallelism + "; 1 to 10000");
            });
    edit.displayName()
        .filter(name -> name.isBlank() || name.length() > 256)
        .ifPresent(
            name -> {
              throw new InvalidArgument("display_name: 1 to 256 characters");
            });
    edit.space().ifPresent(Spaces::read);
    Study study = studies.update(id, expectedVersion, edit, change);
    studies.settle(id);
    return edit.budget().isPresent() ? studies.get(id) : study;
  }
}
