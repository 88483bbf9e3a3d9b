package io.ilteo.tuner.persistence;

import io.ilteo.tuner.application.Confirmation;
import io.ilteo.tuner.application.Confirmation.Measured;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.domain.pareto.Dominance;
import io.ilteo.tuner.domain.sampler.TrialRandom;
import io.ilteo.tuner.domain.study.Direction;
import io.ilteo.tuner.domain.study.Objective;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.TrialId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The statements that run winners again on fresh seeds. */
final class Confirmations {
  private Confirmations() {}

  /**
   * Numbers of the study's best trials, best first. With several objectives those of the front: its
   * ends first, the first objective's before the others', then those that stand most alone.
   */
  static List<Integer> winners(Connection connection, Study study, int topK) throws SQLException {
    return study.objectives().size() == 1
        ? best(connection, study, topK)
        : front(connection, study).stream().limit(topK).toList();
  }

  private static List<Integer> front(Connection connection, Study study) throws SQLException {
    String sql =
        """
        SELECT number, objectives FROM trial
         WHERE study_id = ? AND state = 'COMPLETED' AND feasible AND origin IN ('SAMPLER', 'ENQUEUED')
         ORDER BY number
        """;
    List<Integer> numbers = new ArrayList<>();
    List<Dominance.Point> points = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, study.id().value());
      select.setFetchSize(10_000);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          numbers.add(row.getInt("number"));
          points.add(new Dominance.Point(losses(study, row.getArray("objectives")), 0));
        }
      }
    }
    if (points.isEmpty()) {
      return List.of();
    }
    List<Integer> front = Dominance.fronts(points, 1).getFirst();
    double[] crowding = Dominance.crowding(points, front);
    return IntStream.range(0, front.size())
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer i) -> -crowding[i])
                .thenComparingDouble(i -> points.get(front.get(i)).losses()[0]))
        .map(i -> numbers.get(front.get(i)))
        .toList();
  }

  private static double[] losses(Study study, Array objectives) throws SQLException {
    List<Double> values = Rows.doubles(objectives);
    double[] losses = new double[values.size()];
    Arrays.setAll(losses, m -> study.objectives().get(m).direction().loss(values.get(m)));
    return losses;
  }

  private static List<Integer> best(Connection connection, Study study, int topK)
      throws SQLException {
    boolean minimize = study.objectives().getFirst().direction() == Direction.MINIMIZE;
    String sql =
        """
        SELECT number FROM trial
         WHERE study_id = ? AND state = 'COMPLETED' AND feasible AND origin IN ('SAMPLER', 'ENQUEUED')
         ORDER BY objective %s, number LIMIT ?
        """
            .formatted(minimize ? "ASC" : "DESC");
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, study.id().value());
      select.setInt(2, topK);
      List<Integer> numbers = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          numbers.add(row.getInt(1));
        }
      }
      return numbers;
    }
  }

  /** Queues a winner until it has {@code seeds} confirmations that did not fail. */
  static void queue(Connection connection, Study study, int winner, int seeds) throws SQLException {
    String count =
        """
        SELECT count(*) FROM trial
         WHERE study_id = ? AND confirms = ? AND state NOT IN ('FAILED', 'STOPPED')
        """;
    int have;
    try (PreparedStatement select = connection.prepareStatement(count)) {
      select.setLong(1, study.id().value());
      select.setInt(2, winner);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        have = row.getInt(1);
      }
    }
    String sql =
        """
        INSERT INTO trial (study_id, number, state, origin, confirms, parameters, space_version,
                           seed, history_cut)
        SELECT study_id, ?, 'WAITING', 'CONFIRMATION', number, parameters, space_version, ?, 0
          FROM trial WHERE study_id = ? AND number = ?
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int i = have; i < seeds; i++) {
        int number = NewTrials.nextNumber(connection, study.id());
        insert.setInt(1, number);
        insert.setLong(2, TrialRandom.trainingSeed(study.spec().getSeed(), number));
        insert.setLong(3, study.id().value());
        insert.setInt(4, winner);
        insert.executeUpdate();
      }
    }
  }

  /** What fresh seeds gave, by confirmed trial. */
  static List<Confirmation> read(Connection connection, StudyId id) throws SQLException {
    Study study = PgStudyStore.find(connection, id.value());
    String sql =
        """
        SELECT w.number, w.objectives AS selected,
               coalesce(array_agg(c.objectives ORDER BY c.number)
                 FILTER (WHERE c.state = 'COMPLETED'), '{}') AS confirmed,
               coalesce(array_agg(c.candidate ORDER BY c.number)
                 FILTER (WHERE c.state = 'COMPLETED' AND c.candidate <> ''), '{}') AS candidates,
               count(*) FILTER (WHERE c.state IN ('WAITING', 'RUNNING')) AS open
          FROM trial c JOIN trial w ON w.study_id = c.study_id AND w.number = c.confirms
         WHERE c.study_id = ? AND c.confirms IS NOT NULL
         GROUP BY w.number, w.objectives ORDER BY w.number
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, id.value());
      List<Confirmation> confirmations = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          confirmations.add(
              new Confirmation(
                  new TrialId(id, row.getInt("number")),
                  measured(
                      study.objectives(),
                      Rows.doubles(row.getArray("selected")),
                      (Object[]) row.getArray("confirmed").getArray()),
                  row.getInt("open"),
                  List.of((String[]) row.getArray("candidates").getArray())));
        }
      }
      return confirmations;
    }
  }

  /** By objective; {@code seeds} has a row of all objectives for each seed. */
  private static List<Measured> measured(
      List<Objective> objectives, List<Double> selected, Object[] seeds) {
    List<Measured> measured = new ArrayList<>();
    for (int i = 0; i < objectives.size(); i++) {
      List<Double> values = new ArrayList<>();
      for (Object seed : seeds) {
        values.add(((Double[]) seed)[i]);
      }
      measured.add(new Measured(objectives.get(i), selected.get(i), values));
    }
    return measured;
  }
}
