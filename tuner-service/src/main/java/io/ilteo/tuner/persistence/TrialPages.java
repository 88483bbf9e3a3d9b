package io.ilteo.tuner.persistence;

import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.application.TrialReader.Order;
import io.ilteo.tuner.application.TrialReader.Page;
import io.ilteo.tuner.application.TrialReader.Query;
import io.ilteo.tuner.application.TrialReader.Result;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.TrialState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Pages of a study's trials.
 *
 * <p>Numbers run from 1 without a gap, so a page by number is a range of the key however deep it
 * lies. Any other order sorts narrow rows, and only the page's own are then read whole.
 */
final class TrialPages {
  private TrialPages() {}

  static Page read(Connection connection, Query query) throws SQLException {
    Study study = PgStudyStore.find(connection, query.study().value());
    if (query.order() == Order.PARAMETER
        && study.space().parameters().stream().noneMatch(p -> p.name().equals(query.parameter()))) {
      throw new InvalidArgument(
          "order_by: parameter \"%s\" is unknown; the space has %s"
              .formatted(
                  query.parameter(),
                  study.space().parameters().stream().map(p -> p.name()).toList()));
    }
    long total = total(connection, query);
    boolean isRange = query.order() == Order.NUMBER && query.states().isEmpty();
    return new Page(isRange ? range(connection, query, total) : sorted(connection, query), total);
  }

  /** Numbers, states and objectives of the search's finished trials. */
  static List<Result> results(Connection connection, StudyId study) throws SQLException {
    String sql =
        """
        SELECT number, state = 'PRUNED' AS pruned, objectives FROM trial
         WHERE study_id = ? AND state IN ('COMPLETED', 'PRUNED') AND origin <> 'CONFIRMATION'
         ORDER BY number
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, study.value());
      select.setFetchSize(10_000);
      List<Result> results = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          results.add(
              new Result(
                  row.getInt("number"),
                  row.getBoolean("pruned"),
                  Rows.doubles(row.getArray("objectives"))));
        }
      }
      return results;
    }
  }

  /** Trials of all states by number. */
  private static List<Trial> range(Connection connection, Query query, long last)
      throws SQLException {
    long from = query.descending() ? last - query.offset() - query.limit() + 1 : query.offset() + 1;
    String sql =
        "SELECT * FROM trial WHERE study_id = ? AND number >= ? AND number < ? ORDER BY number"
            + (query.descending() ? " DESC" : "");
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, query.study().value());
      select.setLong(2, from);
      select.setLong(3, from + query.limit());
      return trials(select);
    }
  }

  private static List<Trial> sorted(Connection connection, Query query) throws SQLException {
    boolean byParameter = query.order() == Order.PARAMETER;
    String sql =
        """
        SELECT t.* FROM (
          SELECT id, number, %1$s AS key FROM trial
           WHERE study_id = ? AND (cardinality(?::text[]) = 0 OR state = ANY (?::text[]))
           ORDER BY key %2$s NULLS LAST, number OFFSET ? LIMIT ?) page
          JOIN trial t ON t.id = page.id
         ORDER BY page.key %2$s NULLS LAST, page.number
        """
            .formatted(key(query.order()), query.descending() ? "DESC" : "ASC");
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int next = 1;
      if (byParameter) {
        select.setString(next++, query.parameter());
      }
      next = bindFilter(connection, select, query, next);
      select.setInt(next++, query.offset());
      select.setInt(next, query.limit());
      return trials(select);
    }
  }

  /** What is sorted by. Values of one parameter are of one JSON type, which jsonb orders. */
  private static String key(Order order) {
    return switch (order) {
      case NUMBER -> "number";
      case OBJECTIVE -> "objectives[1]";
      case START_TIME -> "started_at";
      case DURATION -> "ended_at - started_at";
      case PARAMETER -> "parameters -> ?";
    };
  }

  private static long total(Connection connection, Query query) throws SQLException {
    boolean all = query.states().isEmpty();
    String sql =
        all
            ? "SELECT last_number FROM study WHERE id = ?"
            : """
              SELECT count(*) FROM trial
               WHERE study_id = ? AND (cardinality(?::text[]) = 0 OR state = ANY (?::text[]))
              """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      if (all) {
        select.setLong(1, query.study().value());
      } else {
        bindFilter(connection, select, query, 1);
      }
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static int bindFilter(
      Connection connection, PreparedStatement select, Query query, int first) throws SQLException {
    var states =
        connection.createArrayOf("text", query.states().stream().map(TrialState::name).toArray());
    select.setLong(first, query.study().value());
    select.setArray(first + 1, states);
    select.setArray(first + 2, states);
    return first + 3;
  }

  private static List<Trial> trials(PreparedStatement select) throws SQLException {
    List<Trial> trials = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        trials.add(Rows.trial(row, List.of()));
      }
    }
    return trials;
  }
}
