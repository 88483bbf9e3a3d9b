package io.ilteo.tuner.persistence;

import io.ilteo.tuner.application.Asking;
import io.ilteo.tuner.application.Lease;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.TrialQueue.Proposer;
import io.ilteo.tuner.domain.sampler.FinishedTrial;
import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.persistence.Foresight.Expected;
import io.ilteo.tuner.persistence.NewTrials.Suggestion;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Claims that are proposed before the database is asked: one message instead of two, if the study
 * stands as expected. What was proposed is what would have been proposed after asking: from the
 * same number and the same history.
 */
final class ForeseenClaims {
  private final Foresight foresight = new Foresight();
  private final Histories histories;

  ForeseenClaims(Histories histories) {
    this.histories = histories;
  }

  /**
   * A trial that is proposed ahead.
   *
   * @param before what is expected now
   * @param then what is expected when the trial is added: with the end of an attempt, if there is
   *     one
   * @param ended the trial of that attempt, as samplers will see it
   */
  record Proposed(
      Expected before, Expected then, Optional<FinishedTrial> ended, Suggestion suggestion) {

    Study study() {
      return before.study();
    }

    void bind(PreparedStatement insert, int first, Asking asking, Optional<Endings> end)
        throws SQLException {
      NewTrials.bindIfAsExpected(insert, first, study(), suggestion, asking, end);
    }

    Optional<Lease> read(PreparedStatement insert, ResultSet locked, Asking asking)
        throws SQLException {
      return NewTrials.readIfAsExpected(insert, locked, study(), suggestion, asking);
    }
  }

  /** What to propose to somebody who asks, if the study can be foreseen. */
  Optional<Proposed> propose(StudyId study, Proposer proposer) {
    return foresight
        .proven(study)
        .flatMap(
            expected ->
                histories
                    .known(expected.study(), expected.cut())
                    .map(finished -> propose(expected, expected, finished, null, proposer)));
  }

  /** What to propose to somebody who tells and asks. */
  Optional<Proposed> propose(Endings end, Proposer proposer) {
    int number = end.attempt().trial().number();
    Optional<Expected> known = foresight.proven(end.attempt().trial().study());
    if (known.isEmpty() || end.ending().isInterruption()) {
      return Optional.empty();
    }
    Expected before = known.get();
    Configuration told = before.open().get(number);
    Optional<List<FinishedTrial>> finished = histories.known(before.study(), before.cut());
    if (told == null || finished.isEmpty()) {
      return Optional.empty();
    }
    FinishedTrial ended = Histories.seen(before.study(), number, told, end.ending());
    List<FinishedTrial> all = new ArrayList<>(finished.get());
    all.add(ended);
    return Optional.of(propose(before, before.ended(number), all, ended, proposer));
  }

  private static Proposed propose(
      Expected before,
      Expected then,
      List<FinishedTrial> finished,
      @Nullable FinishedTrial ended,
      Proposer proposer) {
    int number = then.lastNumber() + 1;
    Configuration configuration = proposer.propose(then.study(), number, finished, then.pending());
    return new Proposed(
        before,
        then,
        Optional.ofNullable(ended),
        new Suggestion(number, then.cut(), configuration));
  }

  /** Asks for a proposed trial and ends the transaction; empty if the study stood otherwise. */
  Optional<Lease> claim(Connection connection, Proposed proposed, Asking asking)
      throws SQLException {
    String sql = Together.of(NewTrials.INSERT_IF_AS_EXPECTED, Together.COMMIT);
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      proposed.bind(insert, 1, asking, Optional.empty());
      return proposed.read(insert, Together.execute(insert), asking);
    }
  }

  /** Keeps what came of a proposed trial. */
  void follow(Proposed proposed, Optional<Lease> lease) {
    if (lease.isEmpty()) {
      foresight.forget(proposed.study().id());
      return;
    }
    Suggestion suggestion = proposed.suggestion();
    proposed.ended().ifPresent(ended -> histories.add(proposed.study(), suggestion.cut(), ended));
    foresight.follow(
        proposed.before(), proposed.then().begun(suggestion.number(), suggestion.configuration()));
  }

  /** Keeps how a study was found to stand before a trial was added to it. */
  void found(
      Study study, int lastNumber, SortedMap<Integer, Configuration> open, Suggestion suggestion) {
    Expected found = foresight.found(study, lastNumber, suggestion.cut(), open);
    foresight.follow(found, found.begun(suggestion.number(), suggestion.configuration()));
  }

  /** What is expected of an attempt's study before the attempt ends. */
  Optional<Expected> before(Endings end) {
    return foresight.of(end.attempt().trial().study());
  }

  /** Keeps the end of an attempt. */
  void ended(Expected before, Endings end, Optional<Endings.Ended> ended) {
    int number = end.attempt().trial().number();
    Configuration told = before.open().get(number);
    if (told == null || ended.isEmpty() || ended.get().place() != before.cut() + 1) {
      foresight.forget(before.study().id());
      return;
    }
    FinishedTrial seen = Histories.seen(before.study(), number, told, end.ending());
    histories.add(before.study(), ended.get().place(), seen);
    foresight.follow(before, before.ended(number));
  }
}
