package io.ilteo.tuner.persistence;

import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import io.ilteo.servicekit.jdbc.Transactions;
import io.ilteo.tuner.application.Change;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.application.TrialQueue;
import io.ilteo.tuner.application.TrialRecord;
import io.ilteo.tuner.domain.study.StudyId;
import java.util.List;
import java.util.Map;

/** {@link TrialRecord} in PostgreSQL. */
public final class PgTrialRecord implements TrialRecord {
  private final Transactions transactions;

  public PgTrialRecord(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public List<Trial> importTrials(StudyId id, List<Imported> imported, Change change) {
    return transactions.call(
        connection -> {
          Claim.lock(connection, id);
          Study study = PgStudyStore.find(connection, id.value());
          List<Trial> trials = NewTrials.importTrials(connection, study, imported);
          Audit.write(
              connection,
              id.value(),
              change,
              "trial.import",
              id.name(),
              Map.of("trials", imported.size()));
          return trials;
        });
  }

  @Override
  public void confirm(StudyId id, int topK, int seeds, Change change) {
    transactions.run(
        connection -> {
          Claim.lock(connection, id);
          Study study = PgStudyStore.find(connection, id.value());
          List<Integer> winners = Confirmations.winners(connection, study, topK);
          if (winners.isEmpty()) {
            throw new FailedPrecondition("no trial of " + id.name() + " has completed");
          }
          for (int winner : winners) {
            Confirmations.queue(connection, study, winner, seeds);
          }
          Audit.write(
              connection,
              id.value(),
              change,
              "study.confirm",
              id.name(),
              Map.of("trials", winners, "seeds", seeds));
        });
  }

  @Override
  public Replay replay(StudyId id, TrialQueue.Proposer proposer) {
    // A history of its own: nothing that was remembered while the study ran may help.
    return transactions.call(
        connection -> Replays.replay(connection, new Histories(), id, proposer));
  }
}
