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

/**
 * What pages of trials are sorted by, as an index has it.
 *
 * @param rows a query's FROM and the study in its WHERE; a row is {@code t}
 * @param columns the index's columns after the study, trial numbers last, {@code %1$s} for the way
 * @param has whether a trial has the key
 */
record PageKey(String rows, String columns, String has) {
  static PageKey of(Study study, Query query) {
    return switch (query.order()) {
      case NUMBER -> new PageKey("trial t WHERE t.study_id = ?", "t.number %1$s", "true");
      case OBJECTIVE -> ofColumn("objective");
      case START_TIME -> ofColumn("started_at");
      case DURATION -> ofColumn("duration");
      case PARAMETER -> ofParameter(isNumber(domain(study, query.parameter())));
    };
  }

  private static PageKey ofColumn(String column) {
    return new PageKey(
        "trial t WHERE t.study_id = ?",
        "t." + column + " %1$s, t.number %1$s",
        "t." + column + " IS NOT NULL");
  }

  private static PageKey ofParameter(boolean isNumber) {
    return new PageKey(
        """
        trial_parameter t WHERE t.study_id = ? AND t.ordinal =
          (SELECT ordinal FROM study_parameter WHERE study_id = ? AND name = ?)
        """,
        "t.value %1$s, t.choice %1$s, t.number %1$s",
        isNumber ? "t.value IS NOT NULL" : "(t.value IS NULL AND t.choice IS NOT NULL)");
  }

  /** The index's order, or its reverse. */
  String inOrder(boolean descending) {
    return columns.formatted(descending ? "DESC" : "ASC");
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
