package io.ilteo.tuner.persistence;

import io.ilteo.servicekit.error.DomainException.Aborted;
import io.ilteo.servicekit.jdbc.Transactions;
import io.ilteo.tuner.application.Asking;
import io.ilteo.tuner.application.Lease;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.domain.study.AttemptId;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.TrialId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The statements that give, renew and look up leases. */
final class Leases {
  private static final int MAX_EXPIRED = 1_000;

  private Leases() {}

  /** A lease that holds: whose trial, and until when. */
  record Held(long trial, Instant expiresAt) {}

  /** A lease that has run out. */
  record Expired(long trial, AttemptId attempt, UUID token, String worker) {}

  /**
   * Locks the study's first trial that waits and may be tried now: interrupted ones first, since
   * they hold a place in the budget.
   *
   * @param budgetLeft whether a trial that was never begun may begin
   * @param running whether the study runs; if not, only confirmations may
   */
  static Optional<Long> takeWaiting(
      Connection connection, StudyId study, boolean budgetLeft, boolean running)
      throws SQLException {
    String sql =
        """
        SELECT id FROM trial
         WHERE study_id = ? AND state = 'WAITING' AND not_before <= now()
           AND (origin = 'CONFIRMATION' OR (? AND (attempts > 0 OR ?)))
         ORDER BY (attempts > 0) DESC, number LIMIT 1 FOR UPDATE SKIP LOCKED
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, study.value());
      select.setBoolean(2, running);
      select.setBoolean(3, budgetLeft);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
      }
    }
  }

  /**
   * Whether the studies of a compute group use all of its slots: as many as the most parallel of
   * those that run may have. Claims of one group take turns.
   */
  static boolean groupIsFull(Connection connection, String group) throws SQLException {
    String lock = "SELECT pg_advisory_xact_lock(hashtextextended('ilteo.group.' || ?, 0))";
    try (PreparedStatement statement = connection.prepareStatement(lock)) {
      statement.setString(1, group);
      statement.execute();
    }
    String sql =
        """
        SELECT coalesce(sum(running) >= max(parallelism), false) FROM study
         WHERE compute_group = ? AND compute_group <> '' AND state = 'RUNNING'
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, group);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /** Makes a waiting trial run: token and expiry come from the database. */
  static Lease start(Connection connection, long trial, Asking asking) throws SQLException {
    String sql =
        """
        UPDATE trial SET state = 'RUNNING', attempts = attempts + 1, worker = ?,
               attempt_token = gen_random_uuid(), lease_millis = ?,
               lease_expires_at = now() + cast(? AS interval),
               started_at = coalesce(started_at, now())
         WHERE id = ? AND state = 'WAITING'
        RETURNING *
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, asking.worker());
      update.setLong(2, asking.lease().toMillis());
      update.setString(3, Transactions.interval(asking.lease()));
      update.setLong(4, trial);
      try (ResultSet row = update.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("trial " + trial + " was locked and yet changed");
        }
        return begin(connection, row, asking);
      }
    }
  }

  /** Records the attempt of a trial that has just been made to run. */
  private static Lease begin(Connection connection, ResultSet trial, Asking asking)
      throws SQLException {
    String sql =
        """
        INSERT INTO attempt (trial_id, number, state, token, worker, request_id)
        VALUES (?, ?, 'RUNNING', ?, ?, ?)
        """;
    int number = trial.getInt("attempts");
    UUID token = trial.getObject("attempt_token", UUID.class);
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, trial.getLong("id"));
      insert.setInt(2, number);
      insert.setObject(3, token);
      insert.setString(4, asking.worker());
      insert.setString(5, asking.requestId().orElse(null));
      insert.executeUpdate();
    }
    Trial begun = Rows.trial(trial, PgTrialReader.attempts(connection, trial.getLong("id")));
    return new Lease(
        new AttemptId(begun.id(), number), token, Rows.instant(trial, "lease_expires_at"), begun);
  }

  /** The unexpired lease that an earlier request with this id got. */
  static Optional<Lease> byRequest(Connection connection, StudyId study, String requestId)
      throws SQLException {
    String sql =
        """
        SELECT t.number AS trial_number, a.number, a.token, t.lease_expires_at
          FROM attempt a JOIN trial t ON t.id = a.trial_id AND t.attempt_token = a.token
         WHERE a.request_id = ? AND t.study_id = ? AND t.lease_expires_at > now()
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, requestId);
      select.setLong(2, study.value());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        TrialId id = new TrialId(study, row.getInt("trial_number"));
        return Optional.of(
            new Lease(
                new AttemptId(id, row.getInt("number")),
                row.getObject("token", UUID.class),
                Rows.instant(row, "lease_expires_at"),
                PgTrialReader.find(connection, id)));
      }
    }
  }

  /** Renews a lease that still holds, for as long as it was given. */
  static Held renew(
      Connection connection, AttemptId attempt, UUID token, long lastStep, String checkpoint)
      throws SQLException {
    String sql =
        """
        UPDATE trial SET lease_expires_at = now() + lease_millis * interval '1 millisecond',
               last_step = greatest(last_step, ?),
               checkpoint = CASE WHEN ? = '' THEN checkpoint ELSE ? END
         WHERE study_id = ? AND number = ? AND attempts = ? AND attempt_token = ?
           AND state = 'RUNNING' AND lease_expires_at > now()
        RETURNING id, lease_expires_at
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, lastStep);
      update.setString(2, checkpoint);
      update.setString(3, checkpoint);
      update.setLong(4, attempt.trial().study().value());
      update.setInt(5, attempt.trial().number());
      update.setInt(6, attempt.number());
      update.setObject(7, token);
      try (ResultSet row = update.executeQuery()) {
        if (!row.next()) {
          throw lost(attempt);
        }
        return new Held(row.getLong("id"), Rows.instant(row, "lease_expires_at"));
      }
    }
  }

  /** Keeps who trains the attempt, if it is still its trial's. */
  static void nameReplica(Connection connection, AttemptId attempt, UUID token, String replica)
      throws SQLException {
    String sql =
        """
        UPDATE attempt a SET replica = ? FROM trial t
         WHERE t.id = a.trial_id AND t.study_id = ? AND t.number = ? AND t.attempt_token = a.token
           AND a.number = ? AND a.token = ? AND t.lease_expires_at > now()
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, replica);
      update.setLong(2, attempt.trial().study().value());
      update.setInt(3, attempt.trial().number());
      update.setInt(4, attempt.number());
      update.setObject(5, token);
      if (update.executeUpdate() == 0) {
        throw lost(attempt);
      }
    }
  }

  /** The trial, if this token has ended its attempt before: a repeated call is answered alike. */
  static Optional<Trial> alreadyTold(Connection connection, AttemptId attempt, UUID token)
      throws SQLException {
    String sql =
        """
        SELECT 1 FROM attempt a JOIN trial t ON t.id = a.trial_id
         WHERE a.token = ? AND a.state IN ('FINISHED', 'FAILED', 'PREEMPTED')
           AND t.study_id = ? AND t.number = ? AND a.number = ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, token);
      select.setLong(2, attempt.trial().study().value());
      select.setInt(3, attempt.trial().number());
      select.setInt(4, attempt.number());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(PgTrialReader.find(connection, attempt.trial()))
            : Optional.empty();
      }
    }
  }

  /** Leases that have run out by the database's clock. */
  static List<Expired> expired(Connection connection) throws SQLException {
    String sql =
        """
        SELECT id, study_id, number, attempts, attempt_token, worker FROM trial
         WHERE state = 'RUNNING' AND lease_expires_at <= now()
         ORDER BY lease_expires_at LIMIT ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, MAX_EXPIRED);
      List<Expired> leases = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          TrialId id = new TrialId(new StudyId(row.getLong("study_id")), row.getInt("number"));
          leases.add(
              new Expired(
                  row.getLong("id"),
                  new AttemptId(id, row.getInt("attempts")),
                  row.getObject("attempt_token", UUID.class),
                  row.getString("worker")));
        }
      }
      return leases;
    }
  }

  static Aborted lost(AttemptId attempt) {
    return new Aborted(
        "the lease of "
            + attempt.name()
            + " is lost: it expired, or the trial was given to"
            + " somebody else; discard the result");
  }
}
