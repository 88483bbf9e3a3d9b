package io.ilteo.tuner.persistence;

import static io.ilteo.tuner.persistence.Rows.STUDY_COLUMNS;
import static io.ilteo.tuner.persistence.Rows.STUDY_FROM;

import io.ilteo.proto.model.v1.EvaluateBaselinesResponse;
import io.ilteo.proto.search.v1.SearchSpace;
import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.servicekit.error.DomainException.Aborted;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import io.ilteo.servicekit.error.DomainException.NotFound;
import io.ilteo.servicekit.jdbc.Transactions;
import io.ilteo.tuner.application.Change;
import io.ilteo.tuner.application.NewStudy;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.StudyStore;
import io.ilteo.tuner.domain.study.Direction;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.StudyState;
import io.ilteo.tuner.domain.study.Tags;
import io.ilteo.tuner.wire.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@link StudyStore} in PostgreSQL. */
public final class PgStudyStore implements StudyStore {
  private final Transactions transactions;
  private final KnownTerms terms = new KnownTerms();

  public PgStudyStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Study create(NewStudy study, Change change) {
    return transactions.call(
        connection -> {
          Optional<Long> id = insert(connection, study);
          if (id.isEmpty()) {
            return byRequest(connection, study.requestId().orElseThrow());
          }
          insertSpace(connection, id.get(), 1, study.spec().getSearchSpace());
          Audit.write(
              connection,
              id.get(),
              change,
              "study.create",
              new StudyId(id.get()).name(),
              Map.of("budget", study.spec().getBudget(), "task", study.spec().getTask()));
          return find(connection, id.get());
        });
  }

  private static Optional<Long> insert(Connection connection, NewStudy study) throws SQLException {
    String sql =
        """
        INSERT INTO study (display_name, request_id, task, spec, budget, parallelism,
                           max_attempts, max_failed, minimize, compute_group, tags)
        VALUES (?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (request_id) DO NOTHING RETURNING id
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, study.displayName());
      insert.setString(2, study.requestId().orElse(null));
      insert.setString(3, study.spec().getTask());
      insert.setString(4, Json.write(study.spec()));
      insert.setInt(5, study.spec().getBudget());
      insert.setInt(6, study.spec().getParallelism());
      insert.setInt(7, study.spec().getMaxAttempts());
      insert.setInt(8, study.spec().getMaxFailedTrials());
      insert.setBoolean(9, study.objectives().getFirst().direction() == Direction.MINIMIZE);
      insert.setString(10, study.spec().getComputeGroup());
      insert.setArray(11, connection.createArrayOf("text", study.tags().names().toArray()));
      try (ResultSet row = insert.executeQuery()) {
        return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
      }
    }
  }

  private static void insertSpace(Connection connection, long id, int version, SearchSpace space)
      throws SQLException {
    String sql = "INSERT INTO search_space (study_id, version, space) VALUES (?, ?, ?::jsonb)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, id);
      insert.setInt(2, version);
      insert.setString(3, Json.write(space));
      insert.executeUpdate();
    }
  }

  private static Study byRequest(Connection connection, String requestId) throws SQLException {
    String sql = "SELECT " + STUDY_COLUMNS + " FROM " + STUDY_FROM + " WHERE s.request_id = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, requestId);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new Aborted("request_id " + requestId + " is being used; try again");
        }
        return Rows.study(row);
      }
    }
  }

  @Override
  public Study get(StudyId id) {
    return transactions.call(connection -> find(connection, id.value()));
  }

  @Override
  public StudySpec terms(StudyId id) {
    return terms.of(id, () -> get(id).spec());
  }

  static Study find(Connection connection, long id) throws SQLException {
    String sql = "SELECT " + STUDY_COLUMNS + " FROM " + STUDY_FROM + " WHERE s.id = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, id);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new NotFound("there is no studies/" + id);
        }
        return Rows.study(row);
      }
    }
  }

  @Override
  public List<Study> list(Filter filter, long before, int limit) {
    String sql =
        "SELECT "
            + STUDY_COLUMNS
            + " FROM "
            + STUDY_FROM
            + """
             WHERE s.id < ? AND (cardinality(?::text[]) = 0 OR s.state = ANY (?::text[]))
               AND s.tags @> ?::text[]
               AND (? = '' OR s.task = ?) AND strpos(lower(s.display_name), ?) > 0
             ORDER BY s.id DESC LIMIT ?
            """;
    return transactions.call(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            Object[] states = filter.states().stream().map(StudyState::name).toArray();
            select.setLong(1, before);
            select.setArray(2, connection.createArrayOf("text", states));
            select.setArray(3, connection.createArrayOf("text", states));
            Object[] tags = filter.tag().isEmpty() ? new Object[0] : new Object[] {filter.tag()};
            select.setArray(4, connection.createArrayOf("text", tags));
            select.setString(5, filter.task());
            select.setString(6, filter.task());
            select.setString(7, filter.query().toLowerCase(Locale.ROOT));
            select.setInt(8, limit);
            return studies(select);
          }
        });
  }

  @Override
  public List<Study> dispatchable() {
    String sql =
        "SELECT "
            + STUDY_COLUMNS
            + " FROM "
            + STUDY_FROM
            + """
             WHERE s.task <> '' AND (s.state IN ('RUNNING', 'STOPPING') OR s.id IN
               (SELECT study_id FROM trial WHERE origin = 'CONFIRMATION'
                  AND state IN ('WAITING', 'RUNNING')))
             ORDER BY s.id
            """;
    return transactions.call(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            return studies(select);
          }
        });
  }

  private static List<Study> studies(PreparedStatement select) throws SQLException {
    List<Study> studies = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        studies.add(Rows.study(row));
      }
    }
    return studies;
  }

  @Override
  public Study transition(StudyId id, Set<StudyState> from, StudyState target, Change change) {
    return transactions.call(connection -> StateChanges.move(connection, id, from, target, change));
  }

  @Override
  public Study refuse(StudyId id, Change change) {
    return transactions.call(connection -> StateChanges.refuse(connection, id, change));
  }

  @Override
  public Study update(StudyId id, Optional<Long> expectedVersion, Edit edit, Change change) {
    String sql =
        """
        UPDATE study SET display_name = coalesce(?, display_name), notes = coalesce(?, notes),
               tags = ?, space_version = ?,
               budget = coalesce(?, budget), parallelism = coalesce(?, parallelism),
               version = version + 1
         WHERE id = ? AND version = coalesce(?, version)
        """;
    return transactions.call(
        connection -> {
          Study before = find(connection, id.value());
          boolean finished = before.state() == StudyState.COMPLETED;
          if (finished && (edit.budget().isPresent() || edit.space().isPresent())) {
            throw new FailedPrecondition(
                id.name() + " has completed; its budget and search space stay");
          }
          if (edit.space().isPresent()) {
            int version = before.spaceVersion() + 1;
            insertSpace(connection, id.value(), version, edit.space().get());
          }
          edit.budget().ifPresent(budget -> requireRoom(before, budget));
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, edit.displayName().orElse(null));
            update.setString(2, edit.notes().orElse(null));
            Tags tags = edit.tags().orElse(before.tags());
            update.setArray(3, connection.createArrayOf("text", tags.names().toArray()));
            update.setInt(4, before.spaceVersion() + (edit.space().isPresent() ? 1 : 0));
            update.setObject(5, edit.budget().orElse(null), java.sql.Types.INTEGER);
            update.setObject(6, edit.parallelism().orElse(null), java.sql.Types.INTEGER);
            update.setLong(7, id.value());
            update.setObject(8, expectedVersion.orElse(null), java.sql.Types.BIGINT);
            if (update.executeUpdate() == 0) {
              throw new Aborted(id.name() + " has changed since; read it again");
            }
          }
          Map<String, Object> detail = new LinkedHashMap<>();
          edit.displayName().ifPresent(value -> detail.put("display_name", value));
          edit.tags().ifPresent(value -> detail.put("tags", String.join(" ", value.names())));
          edit.budget().ifPresent(value -> detail.put("budget", value));
          edit.parallelism().ifPresent(value -> detail.put("parallelism", value));
          edit.space()
              .ifPresent(s -> detail.put("search_space_version", before.spaceVersion() + 1));
          Audit.write(connection, id.value(), change, "study.update", id.name(), detail);
          return find(connection, id.value());
        });
  }

  private static void requireRoom(Study study, int budget) {
    int spoken = study.progress().finished() + study.progress().inFlight();
    if (budget < spoken) {
      throw new FailedPrecondition(
          "budget %d is below the %d trials of %s that are finished or begun"
              .formatted(budget, spoken, study.id().name()));
    }
  }

  @Override
  public void explain(StudyId id, String reason) {
    // A run that ends late takes its own waiting back, and never why the study stops or has ended.
    String sql =
        """
        UPDATE study SET state_reason = ?
        WHERE id = ? AND state_reason <> ? AND state NOT IN ('STOPPING', 'STOPPED', 'COMPLETED', 'FAILED')
          AND (? <> '' OR state_reason LIKE 'waiting: %')
        """;
    transactions.run(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, reason);
            update.setLong(2, id.value());
            update.setString(3, reason);
            update.setString(4, reason);
            update.executeUpdate();
          }
        });
  }

  @Override
  public boolean hasRunFor(StudyId id, Duration time) {
    String sql =
        "SELECT coalesce(now() >= started_at + cast(? AS interval), false) FROM study WHERE id = ?";
    return transactions.call(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, Transactions.interval(time));
            select.setLong(2, id.value());
            try (ResultSet row = select.executeQuery()) {
              return row.next() && row.getBoolean(1);
            }
          }
        });
  }

  @Override
  public void recordBaselines(StudyId id, EvaluateBaselinesResponse baselines) {
    String sql =
        "UPDATE study SET baselines = ?::jsonb, folds = ?::jsonb"
            + " WHERE id = ? AND baselines IS NULL";
    transactions.run(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, Rows.writeScores(baselines.getBaselinesList()));
            update.setString(2, baselines.hasFolds() ? Json.write(baselines.getFolds()) : null);
            update.setLong(3, id.value());
            update.executeUpdate();
          }
        });
  }

  @Override
  public void settle(StudyId id) {
    transactions.run(connection -> settle(connection, id));
  }

  /** What is done by itself after every attempt that ends. */
  static void settle(Connection connection, StudyId id) throws SQLException {
    try (PreparedStatement settle = connection.prepareStatement("SELECT settle_study(?)")) {
      settle.setLong(1, id.value());
      settle.execute();
    }
  }

  @Override
  public void audited(
      StudyId id, Change change, String action, String subject, String detail, Runnable outside) {
    transactions.run(
        connection -> {
          Audit.write(connection, id.value(), change, action, subject, Map.of("result", detail));
          outside.run();
        });
  }

  @Override
  public void delete(StudyId id, Change change) {
    transactions.run(
        connection -> {
          Study study = find(connection, id.value());
          String sql = "DELETE FROM study WHERE id = ? AND state NOT IN ('RUNNING', 'STOPPING')";
          try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, id.value());
            if (delete.executeUpdate() == 0) {
              throw new FailedPrecondition(id.name() + " runs; stop it first");
            }
          }
          Audit.write(
              connection,
              id.value(),
              change,
              "study.delete",
              id.name(),
              Map.of("display_name", study.displayName()));
        });
  }

  @Override
  public List<AuditEvent> auditEvents(StudyId id, long before, int limit) {
    return transactions.call(connection -> Audit.read(connection, id.value(), before, limit));
  }
}
