package io.ilteo.tuner.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ilteo.proto.model.v1.FoldSizes;
import io.ilteo.proto.model.v1.Score;
import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.domain.space.SearchSpace;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.StudyState;
import io.ilteo.tuner.domain.study.Tags;
import io.ilteo.tuner.domain.study.TrialId;
import io.ilteo.tuner.domain.study.TrialOrigin;
import io.ilteo.tuner.domain.study.TrialState;
import io.ilteo.tuner.wire.Json;
import io.ilteo.tuner.wire.Spaces;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Rows of the database as objects. */
final class Rows {
  /** What {@link #study} reads. */
  static final String STUDY_COLUMNS =
      """
      s.id, s.display_name, s.state, s.state_reason, s.notes, s.tags, s.spec, s.space_version, p.space,
      s.completed, s.pruned, s.failed, s.stopped, s.running, s.waiting, s.in_flight, s.lost_attempts,
      s.history_length, s.best_trial, s.best_value, s.baselines, s.folds, s.version, s.created_at,
      s.started_at, s.ended_at, s.budget, s.parallelism
      """;

  /** Where {@link #STUDY_COLUMNS} come from. */
  static final String STUDY_FROM =
      "study s JOIN search_space p ON p.study_id = s.id AND p.version = s.space_version";

  /** What {@link #trial} reads. */
  static final String TRIAL_COLUMNS =
      """
      study_id, number, state, origin, parameters, metrics, objectives, space_version, seed,
      history_cut, reason, checkpoint, candidate, last_step, pruning_decision, created_at, started_at,
      ended_at""";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ParsedSpecs PARSED = new ParsedSpecs();

  private Rows() {}

  static Study study(ResultSet row) throws SQLException {
    ParsedSpecs.Parsed parsed = PARSED.of(row.getString("spec"), row.getString("space"));
    StudySpec spec =
        parsed.spec().toBuilder()
            .setBudget(row.getInt("budget"))
            .setParallelism(row.getInt("parallelism"))
            .build();
    return new Study(
        new StudyId(row.getLong("id")),
        row.getString("display_name"),
        StudyState.valueOf(row.getString("state")),
        row.getString("state_reason"),
        row.getString("notes"),
        tags(row.getArray("tags")),
        spec,
        parsed.space(),
        row.getInt("space_version"),
        parsed.objectives(),
        progress(row),
        scores(row.getString("baselines")),
        Optional.ofNullable(row.getString("folds"))
            .map(json -> Json.read(json, FoldSizes.newBuilder()).build()),
        row.getLong("version"),
        instant(row, "created_at"),
        optionalInstant(row, "started_at"),
        optionalInstant(row, "ended_at"));
  }

  private static Study.Progress progress(ResultSet row) throws SQLException {
    int best = row.getInt("best_trial");
    OptionalInt bestTrial = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(best);
    double value = row.getDouble("best_value");
    OptionalDouble bestValue = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
    return new Study.Progress(
        row.getInt("completed"),
        row.getInt("pruned"),
        row.getInt("failed"),
        row.getInt("stopped"),
        row.getInt("running"),
        row.getInt("waiting"),
        row.getInt("in_flight"),
        row.getInt("lost_attempts"),
        row.getLong("history_length"),
        bestTrial,
        bestValue);
  }

  static SearchSpace space(String json) {
    return Spaces.read(Json.read(json, io.ilteo.proto.search.v1.SearchSpace.newBuilder()).build());
  }

  /** A trial without its attempts. */
  static Trial trial(ResultSet row, List<Trial.Attempt> attempts) throws SQLException {
    return new Trial(
        new TrialId(new StudyId(row.getLong("study_id")), row.getInt("number")),
        TrialState.valueOf(row.getString("state")),
        TrialOrigin.valueOf(row.getString("origin")),
        Json.readConfiguration(row.getString("parameters")),
        Json.readMetrics(row.getString("metrics")),
        doubles(row.getArray("objectives")),
        row.getInt("space_version"),
        row.getLong("seed"),
        row.getLong("history_cut"),
        row.getString("reason"),
        row.getString("checkpoint"),
        row.getString("candidate"),
        row.getLong("last_step"),
        Decisions.read(row.getString("pruning_decision")),
        instant(row, "created_at"),
        optionalInstant(row, "started_at"),
        optionalInstant(row, "ended_at"),
        attempts);
  }

  private static Tags tags(Array array) throws SQLException {
    return new Tags(List.of((String[]) array.getArray()));
  }

  static List<Double> doubles(Array array) throws SQLException {
    return List.of((Double[]) array.getArray());
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  static String writeScores(List<Score> scores) {
    return scores.stream()
        .map(Json::write)
        .collect(java.util.stream.Collectors.joining(",", "[", "]"));
  }

  private static List<Score> scores(@Nullable String json) {
    if (json == null) {
      return List.of();
    }
    try {
      List<Score> scores = new ArrayList<>();
      for (JsonNode node : MAPPER.readTree(json)) {
        scores.add(Json.read(node.toString(), Score.newBuilder()).build());
      }
      return scores;
    } catch (JsonProcessingException failure) {
      throw new IllegalStateException("cannot read stored baselines", failure);
    }
  }
}
