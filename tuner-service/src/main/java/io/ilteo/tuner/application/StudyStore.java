package io.ilteo.tuner.application;

import io.ilteo.proto.model.v1.EvaluateBaselinesResponse;
import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.StudyState;
import io.ilteo.tuner.domain.study.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Port: studies in the database. Every change writes its audit event in the same transaction. */
public interface StudyStore {
  /** Creates a study in state DRAFT; the same request id gets the study it made before. */
  Study create(NewStudy study, Change change);

  /**
   * The study.
   *
   * @throws io.ilteo.servicekit.error.DomainException.NotFound if there is none
   */
  Study get(StudyId id);

  /**
   * What was fixed when the study was created: objectives, stop rules, sampler, pruner, seed.
   * Budget, parallelism and search space may have changed since; {@link #get} has them.
   *
   * @throws io.ilteo.servicekit.error.DomainException.NotFound if there is no such study
   */
  StudySpec terms(StudyId id);

  /** Studies, newest first, with ids below {@code before}. */
  List<Study> list(Filter filter, long before, int limit);

  /** Studies that a dispatcher should look at: RUNNING or STOPPING, with a task. */
  List<Study> dispatchable();

  /**
   * Moves a study to {@code target} if it is in one of {@code from}. Why the tuner did so by itself
   * is kept as the study's reason; a person's is in the audit trail.
   *
   * @throws io.ilteo.servicekit.error.DomainException.FailedPrecondition if it is not
   */
  Study transition(StudyId id, Set<StudyState> from, StudyState target, Change change);

  /**
   * Moves a study that runs or is paused to STOPPING because the model service refuses its data: it
   * will have FAILED once no trial runs any more.
   *
   * @throws io.ilteo.servicekit.error.DomainException.FailedPrecondition if it neither runs nor is
   *     paused
   */
  Study refuse(StudyId id, Change change);

  /**
   * Changes what a person may change.
   *
   * @throws io.ilteo.servicekit.error.DomainException.Aborted if {@code expectedVersion} is stale
   */
  Study update(StudyId id, Optional<Long> expectedVersion, Edit edit, Change change);

  /** Says why the study stands as it does, e.g. that no replica answers; no audit event. */
  void explain(StudyId id, String reason);

  /** Whether so much time has passed since the study began, by the database's clock. */
  boolean hasRunFor(StudyId id, Duration time);

  /** Records the baselines with the sizes of the folds; the first record stays. */
  void recordBaselines(StudyId id, EvaluateBaselinesResponse baselines);

  /** Ends a study that is STOPPING and has no running trial, or whose failures exceed the limit. */
  void settle(StudyId id);

  /**
   * Does something outside of this database and keeps its audit event: it is done only once the
   * event is written, and the event stays only if it was done. Where the database goes away between
   * the two, the caller is told of a failure, and doing it again must do no harm.
   *
   * @param outside short: it has a connection and a transaction to itself
   */
  void audited(
      StudyId id, Change change, String action, String subject, String detail, Runnable outside);

  /** Deletes a study that does not run. */
  void delete(StudyId id, Change change);

  /** Audit events with ids below {@code before}, newest first. */
  List<AuditEvent> auditEvents(StudyId id, long before, int limit);

  /** Which studies to list; empty sets and strings mean all. */
  record Filter(Set<StudyState> states, String task, String query, String tag) {
    public Filter {
      states = Set.copyOf(states);
    }
  }

  /** New values; empty leaves a value as it is. */
  record Edit(
      Optional<String> displayName,
      Optional<String> notes,
      Optional<Tags> tags,
      Optional<Integer> budget,
      Optional<Integer> parallelism,
      Optional<io.ilteo.proto.search.v1.SearchSpace> space) {}

  /** One change: who, when, what, why. */
  record AuditEvent(
      long id,
      Instant happenedAt,
      String actor,
      String action,
      String subject,
      String reason,
      String detailJson) {}
}
