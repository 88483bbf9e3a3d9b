package io.ilteo.tuner.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ilteo.tuner.domain.pruner.Pruner.PruningDecision;
import io.ilteo.tuner.domain.study.AttemptId;
import io.ilteo.tuner.wire.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What pruners said: every word in a table, the last one with the trial. */
final class Decisions {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Decisions() {}

  /** Writes a decision if the lease still holds. */
  static void write(Connection connection, AttemptId attempt, UUID token, PruningDecision decision)
      throws SQLException {
    String sql =
        """
        WITH held AS (
          UPDATE trial SET pruning_decision = ?::jsonb
           WHERE study_id = ? AND number = ? AND attempt_token = ? AND state = 'RUNNING'
          RETURNING id)
        INSERT INTO pruning_decision (trial_id, step, rule, value, threshold, pruned, comparison_set)
        SELECT id, ?, ?, ?, ?, ?, ? FROM held ON CONFLICT DO NOTHING
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, json(decision));
      insert.setLong(2, attempt.trial().study().value());
      insert.setInt(3, attempt.trial().number());
      insert.setObject(4, token);
      insert.setLong(5, decision.step());
      insert.setString(6, decision.rule());
      insert.setDouble(7, decision.value());
      insert.setDouble(8, decision.threshold());
      insert.setBoolean(9, decision.pruned());
      insert.setArray(10, connection.createArrayOf("int4", decision.comparisonSet().toArray()));
      insert.executeUpdate();
    }
  }

  private static String json(PruningDecision decision) {
    return Json.write(
        Map.of(
            "rule", decision.rule(),
            "step", decision.step(),
            "value", Double.toString(decision.value()),
            "threshold", Double.toString(decision.threshold()),
            "pruned", decision.pruned(),
            "comparison_set", decision.comparisonSet()));
  }

  static Optional<PruningDecision> read(@Nullable String json) {
    if (json == null) {
      return Optional.empty();
    }
    try {
      JsonNode node = MAPPER.readTree(json);
      List<Integer> compared = new ArrayList<>();
      node.path("comparison_set").forEach(number -> compared.add(number.asInt()));
      return Optional.of(
          new PruningDecision(
              node.path("rule").asText(),
              node.path("step").asLong(),
              Double.parseDouble(node.path("value").asText()),
              Double.parseDouble(node.path("threshold").asText()),
              node.path("pruned").asBoolean(),
              compared));
    } catch (JsonProcessingException failure) {
      throw new IllegalStateException("cannot read a stored decision", failure);
    }
  }
}
