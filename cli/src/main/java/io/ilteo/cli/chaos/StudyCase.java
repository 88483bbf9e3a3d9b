package io.ilteo.cli.chaos;

import io.ilteo.cli.platform.Pause;
import io.ilteo.proto.model.v1.DataSpec;
import io.ilteo.proto.model.v1.Protocol;
import io.ilteo.proto.tuner.v1.ConfirmWinnersRequest;
import io.ilteo.proto.tuner.v1.Confirmation;
import io.ilteo.proto.tuner.v1.CreateStudyRequest;
import io.ilteo.proto.tuner.v1.GetStudyRequest;
import io.ilteo.proto.tuner.v1.PauseStudyRequest;
import io.ilteo.proto.tuner.v1.PromoteTrialRequest;
import io.ilteo.proto.tuner.v1.StartStudyRequest;
import io.ilteo.proto.tuner.v1.StopStudyRequest;
import io.ilteo.proto.tuner.v1.Study;
import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.proto.tuner.v1.StudyState;
import io.ilteo.proto.tuner.v1.UpdateStudyRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * One study's life, as its owner lives it: created, changed once in the middle, confirmed on fresh
 * seeds, promoted. Every call may fail, and is made again by what the study's state says.
 */
final class StudyCase {
  private static final int BUDGET = 6;
  private static final int GROWTH = 2;
  private static final int PARALLELISM = 3;
  private static final int EPOCHS = 3;
  private static final int SEEDS = 2;

  /** A trial may be lost as often as faults want. */
  private static final int MAX_ATTEMPTS = 100;

  private static final long PAUSE_MILLIS = 500;

  /** What its owner changes once a trial has finished. */
  enum Change {
    NOTHING,
    PAUSE,
    STOP,
    GROW
  }

  private final TunerCalls calls;
  private final String task;
  private final String panel;
  private final String requestId;
  private final long seed;
  private final Change change;
  private final long endNanos;
  private boolean changed;
  private int budget = BUDGET;
  private String name = "";
  private String promoted = "";
  private String trouble = "not begun";

  /**
   * A case, not begun.
   *
   * @param limit after which it gives up
   */
  StudyCase(
      TunerCalls calls,
      String task,
      String panel,
      String requestId,
      long seed,
      Change change,
      Duration limit) {
    this.calls = calls;
    this.task = task;
    this.panel = panel;
    this.requestId = requestId;
    this.seed = seed;
    this.change = change;
    this.endNanos = System.nanoTime() + limit.toNanos();
  }

  /** Lives to the end; {@link #trouble} says whether that was a good one. */
  void run() {
    create();
    while (System.nanoTime() < endNanos) {
      Optional<Study> study = look();
      if (study.isPresent() && study.get().getState() == StudyState.STUDY_STATE_FAILED) {
        trouble = "FAILED: " + study.get().getStateReason();
        return;
      }
      if (study.isPresent() && step(study.get())) {
        trouble = "";
        return;
      }
      Pause.millis(PAUSE_MILLIS);
    }
  }

  private void create() {
    String reason = calls.reason("create");
    while (name.isEmpty() && System.nanoTime() < endNanos) {
      // The same request id makes the same study, also after a lost answer.
      calls
          .change(reason, why -> calls.studies().createStudy(request(why)).getStudy())
          .ifPresent(study -> name = study.getName());
      if (name.isEmpty()) {
        Pause.millis(PAUSE_MILLIS);
      }
    }
  }

  private CreateStudyRequest request(String reason) {
    return CreateStudyRequest.newBuilder()
        .setDisplayName("chaos " + requestId)
        .setRequestId(requestId)
        .setStart(true)
        .setReason(reason)
        .setSpec(
            StudySpec.newBuilder()
                .setTask(task)
                .setData(
                    DataSpec.newBuilder()
                        .setPanel(panel)
                        .setProtocol(Protocol.PROTOCOL_NEW_PERSONS)
                        .setFoldSeed(1))
                .setBudget(BUDGET)
                .setParallelism(PARALLELISM)
                .setMaxAttempts(MAX_ATTEMPTS)
                .setMaxEpochs(EPOCHS)
                .setSeed(seed))
        .build();
  }

  private Optional<Study> look() {
    GetStudyRequest request = GetStudyRequest.newBuilder().setName(name).build();
    return TunerCalls.look(() -> calls.studies().getStudy(request).getStudy());
  }

  /** One look at the study and one call; true once nothing is left to do. */
  private boolean step(Study study) {
    trouble = study.getState() + " " + study.getProgress().toString().replace('\n', ' ');
    switch (study.getState()) {
      case STUDY_STATE_RUNNING -> {
        int finished = study.getProgress().getCompleted() + study.getProgress().getPruned();
        if (!changed && finished > 0) {
          change();
        }
        return false;
      }
      case STUDY_STATE_PAUSED, STUDY_STATE_STOPPED -> {
        changed = true;
        start();
        return false;
      }
      case STUDY_STATE_DRAFT -> {
        start();
        return false;
      }
      case STUDY_STATE_COMPLETED -> {
        return finish(study);
      }
      default -> {
        return false;
      }
    }
  }

  private void start() {
    calls.change(
        calls.reason("start"),
        reason ->
            calls
                .studies()
                .startStudy(
                    StartStudyRequest.newBuilder().setName(name).setReason(reason).build()));
  }

  private void change() {
    switch (change) {
      case NOTHING -> changed = true;
      case PAUSE ->
          calls.change(
              calls.reason("pause"),
              reason ->
                  calls
                      .studies()
                      .pauseStudy(
                          PauseStudyRequest.newBuilder().setName(name).setReason(reason).build()));
      case STOP ->
          calls.change(
              calls.reason("stop"),
              reason ->
                  calls
                      .studies()
                      .stopStudy(
                          StopStudyRequest.newBuilder().setName(name).setReason(reason).build()));
      case GROW ->
          changed =
              calls
                  .change(
                      calls.reason("grow"),
                      reason ->
                          calls
                              .studies()
                              .updateStudy(
                                  UpdateStudyRequest.newBuilder()
                                      .setName(name)
                                      .setBudget(BUDGET + GROWTH)
                                      .setReason(reason)
                                      .build()))
                  .isPresent();
    }
  }

  private boolean finish(Study study) {
    budget = study.getSpec().getBudget();
    if (study.getConfirmationsCount() == 0 || wantsSeeds(study.getConfirmations(0))) {
      // Asking again queues no more than is missing.
      ConfirmWinnersRequest confirm =
          ConfirmWinnersRequest.newBuilder().setStudy(name).setTopK(1).setSeeds(SEEDS).build();
      TunerCalls.look(() -> calls.studies().confirmWinners(confirm));
      return false;
    }
    Confirmation confirmation = study.getConfirmations(0);
    if (confirmation.getOpen() > 0) {
      return false;
    }
    return calls
        .change(
            calls.reason("promote"),
            reason ->
                calls
                    .promotions()
                    .promoteTrial(
                        PromoteTrialRequest.newBuilder()
                            .setTrial(confirmation.getTrial())
                            .setForce(true)
                            .setReason(reason)
                            .build()))
        .map(
            answer -> {
              promoted = answer.getModelVersion();
              return true;
            })
        .orElse(false);
  }

  private static boolean wantsSeeds(Confirmation confirmation) {
    return confirmation.getOpen() == 0 && confirmation.getValuesCount() < SEEDS;
  }

  /** {@code studies/{id}}. */
  String name() {
    return name;
  }

  String task() {
    return task;
  }

  /** Trials that it must have, once it has ended. */
  int budget() {
    return budget;
  }

  /** Version that its winner became. */
  String promoted() {
    return promoted;
  }

  /** How it stands, if it did not come to its end; else empty. */
  String trouble() {
    return trouble.isEmpty() ? "" : "%s: %s".formatted(name.isEmpty() ? requestId : name, trouble);
  }
}
