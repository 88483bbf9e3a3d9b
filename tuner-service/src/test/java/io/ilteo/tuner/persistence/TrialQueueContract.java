package io.ilteo.tuner.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ilteo.servicekit.error.DomainException.Aborted;
import io.ilteo.tuner.application.Asking;
import io.ilteo.tuner.application.ClaimResult;
import io.ilteo.tuner.application.Lease;
import io.ilteo.tuner.application.Measurement;
import io.ilteo.tuner.application.Outcome;
import io.ilteo.tuner.application.Told;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.application.TrialQueue;
import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.space.ParameterValue;
import io.ilteo.tuner.domain.study.AttemptId;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.TrialState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link TrialQueue} promises. */
abstract class TrialQueueContract {
  private static final Duration LEASE = Duration.ofSeconds(60);

  /** A study in state RUNNING with objective {@code loss} over one parameter {@code x}. */
  abstract StudyId study(int budget, int parallelism, int maxAttempts);

  abstract TrialQueue queue();

  /** Lets the lease of an attempt run out, as if its time had passed. */
  abstract void expire(AttemptId attempt);

  /** Lets trials that wait after a lost attempt be tried at once. */
  abstract void endBackOff();

  abstract List<Measurement> measurements(AttemptId attempt);

  private static Configuration point(int number) {
    return Configuration.of(Map.of("x", new ParameterValue.IntegerValue(number)));
  }

  private ClaimResult claim(StudyId study, String requestId) {
    return queue().claim(study, asking(requestId), (s, number, finished, pending) -> point(number));
  }

  private static Asking asking(String requestId) {
    return new Asking("worker", LEASE, Optional.of(requestId).filter(id -> !id.isEmpty()));
  }

  private Lease lease(StudyId study) {
    return ((ClaimResult.Leased) claim(study, "")).lease();
  }

  private static Outcome done(double loss) {
    return new Outcome.Completed(Map.of("loss", loss), List.of(loss), "");
  }

  @Test
  void claimsNeverExceedTheBudgetWhateverHappensToThem() {
    StudyId study = study(3, 10, 3);
    Lease first = lease(study);
    Lease second = lease(study);
    Lease third = lease(study);
    assertThat(claim(study, "")).isInstanceOf(ClaimResult.NothingFree.class);

    queue().tell(first.attempt(), first.token(), done(1));
    assertThat(claim(study, "")).isInstanceOf(ClaimResult.NothingFree.class);

    queue().tell(second.attempt(), second.token(), new Outcome.Failed("bad"));
    Lease replacement = lease(study);
    assertThat(replacement.trial().id().number()).isEqualTo(4);
    assertThat(claim(study, "")).isInstanceOf(ClaimResult.NothingFree.class);

    queue().tell(third.attempt(), third.token(), new Outcome.Pruned("rule", Map.of(), List.of()));
    queue().tell(replacement.attempt(), replacement.token(), done(2));
    assertThat(claim(study, "")).isInstanceOf(ClaimResult.NotRunning.class);
  }

  @Test
  void parallelismBoundsWhatRuns() {
    StudyId study = study(10, 2, 3);
    Lease first = lease(study);
    lease(study);
    assertThat(claim(study, "")).isInstanceOf(ClaimResult.NothingFree.class);
    queue().tell(first.attempt(), first.token(), done(1));
    assertThat(lease(study).trial().id().number()).isEqualTo(3);
  }

  @Test
  void expiredLeaseCannotCompleteTrial() {
    StudyId study = study(2, 1, 3);
    Lease late = lease(study);
    expire(late.attempt());
    assertThatThrownBy(() -> queue().tell(late.attempt(), late.token(), done(1)))
        .isInstanceOf(Aborted.class)
        .hasMessageContaining(late.attempt().name());
    assertThatThrownBy(() -> queue().report(late.attempt(), late.token(), List.of(), ""))
        .isInstanceOf(Aborted.class);
    assertThatThrownBy(() -> queue().nameReplica(late.attempt(), late.token(), "model-0:9001"))
        .isInstanceOf(Aborted.class);
  }

  @Test
  void lostTrialIsTriedAgainAndTheOldTokenStaysRefused() {
    StudyId study = study(2, 1, 3);
    Lease lost = lease(study);
    queue()
        .report(
            lost.attempt(),
            lost.token(),
            List.of(Measurement.at(1, Map.of("loss", 3.0), Duration.ZERO)),
            "checkpoints/1");
    expire(lost.attempt());
    assertThat(queue().expireLeases()).isPositive();
    assertThat(queue().expireLeases()).isZero();
    endBackOff();

    Lease again = lease(study);
    assertThat(again.trial().id()).isEqualTo(lost.trial().id());
    assertThat(again.attempt().number()).isEqualTo(2);
    assertThat(again.trial().checkpoint()).isEqualTo("checkpoints/1");
    assertThat(again.trial().configuration()).isEqualTo(lost.trial().configuration());
    assertThatThrownBy(() -> queue().tell(lost.attempt(), lost.token(), done(1)))
        .isInstanceOf(Aborted.class);
    assertThatThrownBy(() -> queue().tell(again.attempt(), lost.token(), done(1)))
        .isInstanceOf(Aborted.class);
    assertThat(queue().tell(again.attempt(), again.token(), done(1)).state())
        .isEqualTo(TrialState.COMPLETED);
  }

  @Test
  void trialFailsAfterSoManyLostAttempts() {
    StudyId study = study(2, 1, 2);
    for (int attempt = 1; attempt <= 2; attempt++) {
      expire(lease(study).attempt());
      queue().expireLeases();
      endBackOff();
    }
    assertThat(lease(study).trial().id().number()).isEqualTo(2);
  }

  @Test
  void preEmptedAttemptsDoNotCountAsLost() {
    StudyId study = study(2, 1, 1);
    for (int attempt = 1; attempt <= 5; attempt++) {
      Lease lease = lease(study);
      assertThat(lease.trial().id().number()).isEqualTo(1);
      queue().tell(lease.attempt(), lease.token(), new Outcome.Preempted("shut down"));
    }
  }

  @Test
  void repeatedAskGetsItsUnexpiredLeaseAgain() {
    StudyId study = study(5, 5, 3);
    ClaimResult first = claim(study, "request-1");
    ClaimResult again = claim(study, "request-1");
    assertThat(((ClaimResult.Leased) again).lease().token())
        .isEqualTo(((ClaimResult.Leased) first).lease().token());
    assertThat(((ClaimResult.Leased) claim(study, "request-2")).lease().trial().id().number())
        .isEqualTo(2);
  }

  @Test
  void repeatedTellReturnsTheSameTrial() {
    StudyId study = study(5, 5, 3);
    Lease lease = lease(study);
    Trial first = queue().tell(lease.attempt(), lease.token(), done(1));
    Trial again = queue().tell(lease.attempt(), lease.token(), done(1));
    assertThat(again.state()).isEqualTo(first.state());
    assertThat(again.objectives()).isEqualTo(first.objectives());
  }

  @Test
  void tellingAndClaimingInOneEndsTheTrialWhateverIsClaimed() {
    StudyId study = study(2, 1, 3);
    Lease first = lease(study);
    Told told = tellAndClaim(first, "second");
    assertThat(told.trial().state()).isEqualTo(TrialState.COMPLETED);
    assertThat(told.trial().objectives()).containsExactly(1.0);
    Lease second = ((ClaimResult.Leased) told.next()).lease();
    assertThat(second.trial().id().number()).isEqualTo(2);

    Told repeated = tellAndClaim(first, "second");
    assertThat(repeated.trial().id()).isEqualTo(first.trial().id());
    assertThat(((ClaimResult.Leased) repeated.next()).lease().token()).isEqualTo(second.token());
    assertThat(tellAndClaim(first, "third").next()).isInstanceOf(ClaimResult.NothingFree.class);

    Told last = tellAndClaim(second, "fourth");
    assertThat(last.trial().state()).isEqualTo(TrialState.COMPLETED);
    assertThat(last.next()).isInstanceOf(ClaimResult.NotRunning.class);
  }

  @Test
  void nothingIsClaimedForATellThatIsRefused() {
    StudyId study = study(2, 1, 3);
    Lease late = lease(study);
    expire(late.attempt());
    queue().expireLeases();
    endBackOff();
    assertThatThrownBy(() -> tellAndClaim(late, "next")).isInstanceOf(Aborted.class);
    assertThat(lease(study).attempt().number()).isEqualTo(2);
  }

  @Test
  void trialThatIsTriedAgainIsToldAndFollowedAlike() {
    StudyId study = study(2, 1, 3);
    Lease lost = lease(study);
    queue().tell(lost.attempt(), lost.token(), new Outcome.Preempted("shut down"));
    endBackOff();
    Told told = tellAndClaim(lease(study), "next");
    assertThat(told.trial().state()).isEqualTo(TrialState.COMPLETED);
    assertThat(((ClaimResult.Leased) told.next()).lease().trial().id().number()).isEqualTo(2);
  }

  private Told tellAndClaim(Lease lease, String requestId) {
    return queue()
        .tellAndClaim(
            lease.attempt(),
            lease.token(),
            done(1),
            asking(requestId),
            (s, number, finished, pending) -> point(number));
  }

  @Test
  void duplicatedAndReorderedReportsLeaveTheSameState() {
    StudyId study = study(5, 5, 3);
    Lease lease = lease(study);
    Measurement one = Measurement.at(1, Map.of("loss", 3.0), Duration.ZERO);
    Measurement two = Measurement.at(2, Map.of("loss", 2.0), Duration.ZERO);
    Measurement otherOne = Measurement.at(1, Map.of("loss", 99.0), Duration.ZERO);
    queue().report(lease.attempt(), lease.token(), List.of(two), "");
    queue().report(lease.attempt(), lease.token(), List.of(one), "");
    queue().report(lease.attempt(), lease.token(), List.of(otherOne, two), "");
    assertThat(measurements(lease.attempt()))
        .extracting(Measurement::step, m -> m.metrics().get("loss"))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1L, 3.0),
            org.assertj.core.groups.Tuple.tuple(2L, 2.0));
  }

  @Test
  void manyWorkersNeverGetTheSameTrial() throws Exception {
    StudyId study = study(40, 40, 3);
    Set<Integer> numbers = new HashSet<>();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      workers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (claim(study, "") instanceof ClaimResult.Leased(Lease lease)) {
                      synchronized (numbers) {
                        assertThat(numbers.add(lease.trial().id().number())).isTrue();
                      }
                      queue().tell(lease.attempt(), lease.token(), done(1));
                    }
                  }));
    }
    for (Thread worker : workers) {
      worker.join();
    }
    assertThat(numbers).hasSize(40);
  }
}
