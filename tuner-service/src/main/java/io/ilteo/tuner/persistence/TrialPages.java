package io.ilteo.tuner.persistence;

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
import java.util.OptionalLong;

/**
 * Pages of a study's trials.
 *
 * <p>Numbers run from 1 without a gap, so a page by number is a range of the key however deep it
 * lies. Any other order, and any choice of states, is that of an index, which alone tells where a
 * page lies; only the page's own rows are then read whole. Trials that lack what is sorted by stand
 * last, by number.
 */
final class TrialPages {
  private TrialPages() {}

  static Page read(Connection connection, Query query) throws SQLException {
    Study study = PgStudyStore.find(connection, query.study().value());
    long total = total(connection, query);
    boolean isRange = query.order() == Order.NUMBER && query.states().isEmpty();
    return new Page(
        isRange
            ? range(connection, query, total)
            : whole(
                connection,
                query.study(),
                numbers(connection, PageKey.of(study, query), query, total)),
        total);
  }

  /** Numbers, states and objectives of the search's finished trials. */
  static List<Result> results(Connection connection, StudyId study) throws SQLException {
    String sql =
        """
        SELECT number, state = 'PRUNED' AS pruned, feasible, objectives FROM trial
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
                  row.getBoolean("feasible"),
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

  /** Numbers of the page's trials: those that have the key, then the others. */
  private static List<Integer> numbers(Connection connection, PageKey key, Query query, long total)
      throws SQLException {
    List<Integer> page;
    long ahead;
    if (query.offset() > total / 2) {
      // From the nearer end: a database reads what it skips. Few lack the key, or they are the
      // page.
      ahead = total - count(connection, query, key, key.countLacking(query.states()));
      int size = (int) Math.clamp(ahead - query.offset(), 0, query.limit());
      String backwards = key.inOrder(query.states(), !query.descending());
      long behind = Math.max(0, ahead - query.offset() - size);
      page = numbers(connection, query, key, backwards, behind, size).reversed();
    } else {
      String forwards = key.inOrder(query.states(), query.descending());
      page = numbers(connection, query, key, forwards, query.offset(), query.limit());
      boolean full = page.size() == query.limit();
      ahead = full ? total : count(connection, query, key, key.countHaving(query.states()));
    }
    List<Integer> numbers = new ArrayList<>(page);
    if (numbers.size() < query.limit()) {
      numbers.addAll(
          numbers(
              connection,
              query,
              key,
              key.lacking(query.states()),
              Math.max(0, query.offset() - ahead),
              query.limit() - numbers.size()));
    }
    return numbers;
  }

  private static List<Integer> numbers(
      Connection connection, Query query, PageKey key, String sql, long offset, int limit)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql + " OFFSET ? LIMIT ?")) {
      int next = key.bind(select, query, OptionalLong.of(offset + limit));
      select.setLong(next++, offset);
      select.setInt(next, limit);
      List<Integer> numbers = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          numbers.add(row.getInt(1));
        }
      }
      return numbers;
    }
  }

  /** The trials with these numbers, in this order. */
  static List<Trial> whole(Connection connection, StudyId study, List<Integer> numbers)
      throws SQLException {
    String sql =
        """
        SELECT t.* FROM unnest(?::int[]) WITH ORDINALITY AS page (number, place)
          JOIN trial t ON t.study_id = ? AND t.number = page.number ORDER BY page.place
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, connection.createArrayOf("int4", numbers.toArray()));
      select.setLong(2, study.value());
      return trials(select);
    }
  }

  private static long total(Connection connection, Query query) throws SQLException {
    boolean all = query.states().isEmpty();
    String sql =
        all
            ? "SELECT last_number FROM study WHERE id = ?"
            : "SELECT count(*) FROM trial t WHERE %s = ? AND t.state = ANY (?::text[])"
                .formatted(PageKey.STUDY);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, query.study().value());
      if (!all) {
        Object[] states = query.states().stream().map(TrialState::name).toArray();
        select.setArray(2, connection.createArrayOf("text", states));
      }
      return single(select);
    }
  }

  private static long count(Connection connection, Query query, PageKey key, String sql)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      key.bind(select, query, OptionalLong.empty());
      return single(select);
    }
  }

  private static long single(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
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
