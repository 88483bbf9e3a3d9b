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
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

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

  /** What to propose to somebody who asks, if the study can be foreseen and has a slot. */
  Optional<Proposed> propose(StudyId study, Proposer proposer) {
    return foresight
        .proven(study)
        .filter(Expected::hasSlot)
        .flatMap(expected -> propose(expected, expected, Optional.empty(), proposer));
  }

  /** What to propose to somebody who tells and asks. */
  Optional<Proposed> propose(Endings end, Proposer proposer) {
    int number = end.attempt().trial().number();
    return foresight
        .proven(end.attempt().trial().study())
        .filter(before -> before.open().containsKey(number) && !end.ending().isInterruption())
        .flatMap(
            before ->
                propose(before, before.ended(number), Optional.of(seen(before, end)), proposer));
  }

  /** The trial of an attempt that ends, as samplers will see it. */
  private static FinishedTrial seen(Expected before, Endings end) {
    int number = end.attempt().trial().number();
    Configuration told = Objects.requireNonNull(before.open().get(number));
    return Histories.seen(before.study(), number, told, end.ending());
  }

  private Optional<Proposed> propose(
      Expected before, Expected then, Optional<FinishedTrial> ended, Proposer proposer) {
    Optional<List<FinishedTrial>> known = histories.known(before.study(), before.cut());
    if (known.isEmpty()) {
      return Optional.empty();
    }
    List<FinishedTrial> finished = new ArrayList<>(known.get());
    ended.ifPresent(finished::add);
    int number = then.lastNumber() + 1;
    try {
      Configuration configuration =
          proposer.propose(then.study(), number, finished, then.pending());
      Suggestion suggestion = new Suggestion(number, then.cut(), configuration);
      return Optional.of(new Proposed(before, then, ended, suggestion));
    } catch (RuntimeException refused) {
      // Whoever asks is told so by an ordinary claim; what is told with it must be kept first.
      foresight.forget(before.study().id());
      return Optional.empty();
    }
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
    boolean asExpected =
        before.open().containsKey(number)
            && ended
                .map(Endings.Ended::place)
                .filter(place -> place == before.cut() + 1)
                .isPresent();
    if (!asExpected) {
      foresight.forget(before.study().id());
      return;
    }
    histories.add(before.study(), before.cut() + 1, seen(before, end));
    foresight.follow(before, before.ended(number));
  }
}
