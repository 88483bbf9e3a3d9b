package io.ilteo.modelkit.training;

import io.ilteo.proto.model.v1.Architecture;
import io.ilteo.proto.search.v1.Parameter;
import io.ilteo.proto.search.v1.ParameterSpec;
import io.ilteo.proto.search.v1.ParameterValue;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of an architecture's parameters: checked, and with defaults for what was left out. */
public final class Hyperparameters {
  private final Map<String, ParameterValue> values;

  private Hyperparameters(Map<String, ParameterValue> values) {
    this.values = values;
  }

  /**
   * Completes {@code given} with the defaults of {@code architecture}.
   *
   * @throws InvalidArgument for a parameter that does not exist or a value out of its range
   */
  public static Hyperparameters of(Architecture architecture, List<Parameter> given) {
    Map<String, ParameterValue> values = new LinkedHashMap<>();
    Map<String, ParameterSpec> specs = new LinkedHashMap<>();
    for (ParameterSpec spec : architecture.getSearchSpace().getParametersList()) {
      specs.put(spec.getName(), spec);
      values.put(spec.getName(), spec.getDefaultValue());
    }
    for (Parameter parameter : given) {
      ParameterSpec spec = specs.get(parameter.getName());
      if (spec == null) {
        throw new InvalidArgument(
            "parameter %s is unknown to %s; there are %s"
                .formatted(parameter.getName(), architecture.getName(), specs.keySet()));
      }
      requireInRange(spec, parameter.getValue());
      values.put(parameter.getName(), parameter.getValue());
    }
    return new Hyperparameters(values);
  }

  private static void requireInRange(ParameterSpec spec, ParameterValue value) {
    boolean accepted =
        switch (spec.getDomainCase()) {
          case DOUBLE_DOMAIN ->
              value.hasDoubleValue()
                  && value.getDoubleValue() >= spec.getDoubleDomain().getMin()
                  && value.getDoubleValue() <= spec.getDoubleDomain().getMax();
          case INTEGER_DOMAIN ->
              value.hasIntegerValue()
                  && value.getIntegerValue() >= spec.getIntegerDomain().getMin()
                  && value.getIntegerValue() <= spec.getIntegerDomain().getMax();
          case CATEGORICAL_DOMAIN ->
              value.hasStringValue()
                  && spec.getCategoricalDomain().getChoicesList().contains(value.getStringValue());
          case DISCRETE_DOMAIN ->
              value.hasDoubleValue()
                  && spec.getDiscreteDomain().getValuesList().contains(value.getDoubleValue());
          case CONSTANT -> value.equals(spec.getConstant());
          case DOMAIN_NOT_SET -> false;
        };
    if (!accepted) {
      throw new InvalidArgument(
          "parameter %s: %s is not accepted; %s"
              .formatted(spec.getName(), text(value), accepted(spec)));
    }
  }

  private static String accepted(ParameterSpec spec) {
    return switch (spec.getDomainCase()) {
      case DOUBLE_DOMAIN ->
          spec.getDoubleDomain().getMin() + " to " + spec.getDoubleDomain().getMax();
      case INTEGER_DOMAIN ->
          spec.getIntegerDomain().getMin() + " to " + spec.getIntegerDomain().getMax();
      case CATEGORICAL_DOMAIN -> "one of " + spec.getCategoricalDomain().getChoicesList();
      case DISCRETE_DOMAIN -> "one of " + spec.getDiscreteDomain().getValuesList();
      case CONSTANT -> "exactly " + text(spec.getConstant());
      case DOMAIN_NOT_SET -> "nothing";
    };
  }

  private static String text(ParameterValue value) {
    return switch (value.getKindCase()) {
      case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
      case INTEGER_VALUE -> Long.toString(value.getIntegerValue());
      case STRING_VALUE -> value.getStringValue();
      case KIND_NOT_SET -> "no value";
    };
  }

  /** A double. */
  public double number(String name) {
    return require(name).getDoubleValue();
  }

  /** An integer. */
  public int integer(String name) {
    return Math.toIntExact(require(name).getIntegerValue());
  }

  /** A choice. */
  public String choice(String name) {
    return require(name).getStringValue();
  }

  private ParameterValue require(String name) {
    ParameterValue value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no parameter " + name);
    }
    return value;
  }
}
