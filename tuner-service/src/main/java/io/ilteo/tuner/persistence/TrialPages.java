package io.ilteo.tuner.persistence;

import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.application.TrialReader.Order;
import io.ilteo.tuner.application.TrialReader.Page;
import io.ilteo.tuner.application.TrialReader.Query;
import io.ilteo.tuner.application.TrialReader.Result;
import io.ilteo.tuner.domain.space.Domain;
import io.ilteo.tuner.domain.space.Domain.CategoricalDomain;
import io.ilteo.tuner.domain.space.Domain.ConstantDomain;
import io.ilteo.tuner.domain.space.Domain.DiscreteDomain;
import io.ilteo.tuner.domain.space.Domain.DoubleDomain;
import io.ilteo.tuner.domain.space.Domain.IntegerDomain;
import io.ilteo.tuner.domain.space.ParameterSpec;
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
 * lies. By objective an index tells where a page lies. Any other order sorts narrow rows. Only the
 * page's own rows are then read whole.
 */
final class TrialPages {
  private TrialPages() {}

  static Page read(Connection connection, Query query) throws SQLException {
    Study study = PgStudyStore.find(connection, query.study().value());
    long total = total(connection, query);
    boolean isRange = query.order() == Order.NUMBER && query.states().isEmpty();
    return new Page(
        isRange ? range(connection, query, total) : sorted(connection, study, query, total), total);
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

  /** From whichever end is nearer: a database counts what it skips. */
  private static List<Trial> sorted(Connection connection, Study study, Query query, long total)
      throws SQLException {
    boolean fromEnd = query.offset() > total / 2;
    long after = Math.max(0, total - query.offset() - query.limit());
    long size = Math.max(0, Math.min(query.limit(), total - query.offset()));
    String forward = query.descending() ? "DESC NULLS LAST, number" : "ASC NULLS LAST, number";
    String backward =
        query.descending() ? "ASC NULLS FIRST, number DESC" : "DESC NULLS FIRST, number DESC";
    String sql =
        """
        SELECT t.* FROM (
          SELECT id, number, %1$s AS key FROM trial
           WHERE study_id = ? %2$s
           ORDER BY key %3$s OFFSET ? LIMIT ?) page
          JOIN trial t ON t.id = page.id
         ORDER BY page.key %4$s
        """
            .formatted(
                key(study, query),
                filter(query),
                fromEnd ? backward : forward,
                forward.replace("number", "page.number"));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int next = 1;
      if (query.order() == Order.PARAMETER) {
        select.setString(next++, query.parameter());
      }
      next = bindFilter(connection, select, query, next);
      select.setLong(next++, fromEnd ? after : query.offset());
      select.setLong(next, size);
      return trials(select);
    }
  }

  private static String key(Study study, Query query) {
    return switch (query.order()) {
      case NUMBER -> "number";
      case OBJECTIVE -> "objective";
      case START_TIME -> "started_at";
      case DURATION -> "ended_at - started_at";
      case PARAMETER -> parameterKey(domain(study, query.parameter()));
    };
  }

  /** As {@code Json} writes values; numbers sort faster as numbers than as JSON. */
  private static String parameterKey(Domain domain) {
    return switch (domain) {
      case DoubleDomain numbers -> "(parameters -> ? -> 'double')::float8";
      case DiscreteDomain numbers -> "(parameters -> ? -> 'double')::float8";
      case IntegerDomain numbers -> "(parameters -> ?)::bigint";
      case CategoricalDomain choices -> "parameters ->> ?";
      case ConstantDomain same -> "parameters ->> ?";
    };
  }

  private static Domain domain(Study study, String parameter) {
    return study.space().parameters().stream()
        .filter(spec -> spec.name().equals(parameter))
        .map(ParameterSpec::domain)
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidArgument(
                    "order_by: parameter \"%s\" is unknown; the space has %s"
                        .formatted(
                            parameter,
                            study.space().parameters().stream()
                                .map(ParameterSpec::name)
                                .toList())));
  }

  private static long total(Connection connection, Query query) throws SQLException {
    boolean all = query.states().isEmpty();
    String sql =
        all
            ? "SELECT last_number FROM study WHERE id = ?"
            : "SELECT count(*) FROM trial WHERE study_id = ? " + filter(query);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      bindFilter(connection, select, query, 1);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Absent where every state will do, so that an index can answer alone. */
  private static String filter(Query query) {
    return query.states().isEmpty() ? "" : "AND state = ANY (?::text[])";
  }

  private static int bindFilter(
      Connection connection, PreparedStatement select, Query query, int first) throws SQLException {
    select.setLong(first, query.study().value());
    if (query.states().isEmpty()) {
      return first + 1;
    }
    Object[] states = query.states().stream().map(TrialState::name).toArray();
    select.setArray(first + 1, connection.createArrayOf("text", states));
    return first + 2;
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
