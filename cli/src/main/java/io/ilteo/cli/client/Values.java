package io.ilteo.cli.client;

import io.ilteo.proto.model.v1.MetricEstimate;
import io.ilteo.proto.model.v1.Score;
import io.ilteo.proto.search.v1.Parameter;
import io.ilteo.proto.search.v1.ParameterValue;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Puts values of the contracts into words. */
public final class Values {
  private Values() {}

  /** E.g. {@code units=128 learning_rate=0.0025}. */
  public static String parameters(List<Parameter> parameters) {
    return parameters.stream()
        .map(parameter -> parameter.getName() + "=" + text(parameter.getValue()))
        .collect(Collectors.joining("  "));
  }

  /** One value, doubles with four significant digits. */
  public static String text(ParameterValue value) {
    return switch (value.getKindCase()) {
      case DOUBLE_VALUE -> number(value.getDoubleValue());
      case INTEGER_VALUE -> Long.toString(value.getIntegerValue());
      case STRING_VALUE -> value.getStringValue();
      case KIND_NOT_SET -> "";
    };
  }

  /** A figure with four significant digits. */
  public static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  /** The metric of a score, if it has it. */
  public static OptionalDouble metric(Score score, String metric) {
    return score.getMetricsList().stream()
        .filter(estimate -> estimate.getName().equals(metric))
        .mapToDouble(MetricEstimate::getValue)
        .findFirst();
  }
}
