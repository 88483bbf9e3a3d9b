package io.ilteo.tuner.persistence;

import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.TrialReader.Query;
import io.ilteo.tuner.domain.space.Domain;
import io.ilteo.tuner.domain.space.Domain.CategoricalDomain;
import io.ilteo.tuner.domain.space.Domain.ConstantDomain;
import io.ilteo.tuner.domain.space.Domain.DiscreteDomain;
import io.ilteo.tuner.domain.space.Domain.DoubleDomain;
import io.ilteo.tuner.domain.space.Domain.IntegerDomain;
import io.ilteo.tuner.domain.space.ParameterSpec;
import io.ilteo.tuner.domain.space.ParameterValue.StringValue;
import io.ilteo.tuner.domain.study.TrialState;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What pages of trials are sorted by, as an index has it.
 *
 * @param table where the key is
 * @param columns the key's columns; numbers are compared last
 * @param has whether a trial has the key
 */
record PageKey(Table table, List<String> columns, String has) {
  /** The study as only indexes for pages have it: see migration 16. */
  static final String STUDY = "t.study_id + 0";

  private static final String UNION = " UNION ALL ";

  /** A trial's own row, or its rows of the narrow table of parameters. */
  enum Table {
    TRIAL,
    PARAMETER
  }

  static PageKey of(Study study, Query query) {
    return switch (query.order()) {
      case NUMBER -> new PageKey(Table.TRIAL, List.of(), "true");
      case OBJECTIVE -> ofColumn("objective");
      case START_TIME -> ofColumn("started_at");
      case DURATION -> ofColumn("duration");
      case PARAMETER -> ofParameter(isNumber(domain(study, query.parameter())));
    };
  }

  private static PageKey ofColumn(String column) {
    return new PageKey(Table.TRIAL, List.of(column), "t." + column + " IS NOT NULL");
  }

  private static PageKey ofParameter(boolean isNumber) {
    return new PageKey(
        Table.PARAMETER,
        List.of("value", "choice"),
        isNumber ? "t.value IS NOT NULL" : "(t.value IS NULL AND t.choice IS NOT NULL)");
  }

  /** Numbers of the trials with the key in the index's order, or its reverse. */
  String inOrder(Set<TrialState> states, boolean descending) {
    String way = descending ? " DESC" : "";
    return sorted(
        states,
        has,
        columns.stream().map(c -> "t." + c + way + ", ").collect(Collectors.joining())
            + "t.number"
            + way);
  }

  /** Numbers of the trials without it, rising. */
  String lacking(Set<TrialState> states) {
    return sorted(states, "NOT " + has, "t.number");
  }

  String countLacking(Set<TrialState> states) {
    return "SELECT count(*) FROM ("
        + String.join(UNION, rows(states, "t.number", "NOT " + has))
        + ") t";
  }

  String countHaving(Set<TrialState> states) {
    return "SELECT count(*) FROM (" + String.join(UNION, rows(states, "t.number", has)) + ") t";
  }

  /** Binds what comes before OFFSET and LIMIT; returns the index of the next parameter. */
  int bind(PreparedStatement select, Query query, OptionalLong reach) throws SQLException {
    int next = 1;
    for (int i = 0; i < (table == Table.TRIAL ? branches(query.states()).size() : 1); i++) {
      select.setLong(next++, query.study().value());
      if (table == Table.PARAMETER) {
        select.setLong(next++, query.study().value());
        select.setString(next++, query.parameter());
        if (!query.states().isEmpty()) {
          select.setLong(next++, query.study().value());
        }
      }
      if (reach.isPresent()) {
        select.setLong(next++, reach.getAsLong());
      }
    }
    return next;
  }

  /**
   * Every state's trials are in the order of an index, and PostgreSQL merges them. It does so, and
   * does not sort them all, because each is told how far the page reaches.
   */
  private String sorted(Set<TrialState> states, String condition, String order) {
    String selected =
        "t.number" + columns.stream().map(c -> ", t." + c).collect(Collectors.joining());
    return rows(states, selected, condition).stream()
        .map(branch -> "(" + branch + " ORDER BY " + order + " LIMIT ?)")
        .collect(Collectors.joining(UNION, "SELECT t.number FROM (", ") t ORDER BY " + order));
  }

  /** For each state one SELECT; the narrow table of parameters knows no states and has one. */
  private List<String> rows(Set<TrialState> states, String selected, String condition) {
    if (table == Table.TRIAL) {
      return branches(states).stream()
          .map(
              state ->
                  "SELECT %s FROM trial t WHERE %s = ? AND t.state = '%s' AND %s"
                      .formatted(selected, STUDY, state, condition))
          .toList();
    }
    String all =
        """
        SELECT %s FROM trial_parameter t WHERE t.study_id = ? AND t.ordinal =
          (SELECT ordinal FROM study_parameter WHERE study_id = ? AND name = ?) AND %s
        """
            .formatted(selected, condition);
    return List.of(states.isEmpty() ? all : all + among(states));
  }

  /** IS TRUE keeps it a test of each row in the index's order; joined, all would be sorted. */
  private static String among(Set<TrialState> states) {
    return """
         AND (t.number IN (SELECT t.number FROM trial t WHERE %s = ? AND t.state IN (%s))) IS TRUE
        """
        .formatted(
            STUDY,
            states.stream().map(state -> "'" + state + "'").collect(Collectors.joining(", ")));
  }

  private static Set<TrialState> branches(Set<TrialState> states) {
    return states.isEmpty() ? EnumSet.allOf(TrialState.class) : states;
  }

  private static boolean isNumber(Domain domain) {
    return switch (domain) {
      case DoubleDomain numbers -> true;
      case DiscreteDomain numbers -> true;
      case IntegerDomain numbers -> true;
      case CategoricalDomain choices -> false;
      case ConstantDomain same -> !(same.value() instanceof StringValue);
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
}
