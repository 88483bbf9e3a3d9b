package io.ilteo.tuner.wire;

import io.ilteo.proto.search.v1.Parameter;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.tuner.domain.space.Condition;
import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.space.Domain;
import io.ilteo.tuner.domain.space.LinearConstraint;
import io.ilteo.tuner.domain.space.ParameterSpec;
import io.ilteo.tuner.domain.space.ParameterValue;
import io.ilteo.tuner.domain.space.ParameterValue.DoubleValue;
import io.ilteo.tuner.domain.space.ParameterValue.IntegerValue;
import io.ilteo.tuner.domain.space.ParameterValue.StringValue;
import io.ilteo.tuner.domain.space.Scale;
import io.ilteo.tuner.domain.space.SearchSpace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Search spaces, configurations and values between the contracts and the domain. */
public final class Spaces {
  private Spaces() {}

  /**
   * Reads a search space.
   *
   * @throws InvalidArgument naming the parameter and what would be accepted
   */
  public static SearchSpace read(io.ilteo.proto.search.v1.SearchSpace space) {
    List<ParameterSpec> parameters = space.getParametersList().stream().map(Spaces::read).toList();
    List<LinearConstraint> constraints =
        space.getConstraintsList().stream().map(Spaces::read).toList();
    try {
      return new SearchSpace(parameters, constraints);
    } catch (IllegalArgumentException wrong) {
      throw new InvalidArgument("search_space: " + wrong.getMessage());
    }
  }

  /** Reads a configuration and checks it against {@code space}. */
  public static Configuration read(List<Parameter> parameters, SearchSpace space) {
    Map<String, ParameterValue> values = new HashMap<>();
    for (Parameter parameter : parameters) {
      ParameterValue value = read(parameter.getName(), parameter.getValue());
      if (values.put(parameter.getName(), value) != null) {
        throw new InvalidArgument("parameter " + parameter.getName() + " stands twice");
      }
    }
    Configuration configuration = Configuration.of(values);
    try {
      space.requireMember(configuration);
    } catch (IllegalArgumentException wrong) {
      throw new InvalidArgument(String.valueOf(wrong.getMessage()));
    }
    return configuration;
  }

  /** Writes a configuration, in the order of the names. */
  public static List<Parameter> write(Configuration configuration) {
    return configuration.values().entrySet().stream()
        .map(
            entry ->
                Parameter.newBuilder()
                    .setName(entry.getKey())
                    .setValue(write(entry.getValue()))
                    .build())
        .toList();
  }

  private static io.ilteo.proto.search.v1.ParameterValue write(ParameterValue value) {
    var message = io.ilteo.proto.search.v1.ParameterValue.newBuilder();
    return switch (value) {
      case DoubleValue v -> message.setDoubleValue(v.value()).build();
      case IntegerValue v -> message.setIntegerValue(v.value()).build();
      case StringValue v -> message.setStringValue(v.value()).build();
    };
  }

  private static ParameterSpec read(io.ilteo.proto.search.v1.ParameterSpec spec) {
    String name = spec.getName();
    try {
      return new ParameterSpec(
          name,
          domain(spec),
          spec.hasCondition()
              ? Optional.of(condition(name, spec.getCondition()))
              : Optional.empty(),
          spec.hasDefaultValue()
              ? Optional.of(read(name, spec.getDefaultValue()))
              : Optional.empty());
    } catch (IllegalArgumentException wrong) {
      String message = String.valueOf(wrong.getMessage());
      throw new InvalidArgument(
          message.startsWith("parameter ")
              ? "search_space: " + message
              : "search_space: parameter " + name + ": " + message);
    }
  }

  private static Domain domain(io.ilteo.proto.search.v1.ParameterSpec spec) {
    return switch (spec.getDomainCase()) {
      case DOUBLE_DOMAIN -> {
        var d = spec.getDoubleDomain();
        yield new Domain.DoubleDomain(d.getMin(), d.getMax(), scale(d.getScale()), d.getStep());
      }
      case INTEGER_DOMAIN -> {
        var d = spec.getIntegerDomain();
        long step = d.getStep() == 0 ? 1 : d.getStep();
        yield new Domain.IntegerDomain(d.getMin(), d.getMax(), scale(d.getScale()), step);
      }
      case CATEGORICAL_DOMAIN ->
          new Domain.CategoricalDomain(spec.getCategoricalDomain().getChoicesList());
      case DISCRETE_DOMAIN -> new Domain.DiscreteDomain(spec.getDiscreteDomain().getValuesList());
      case CONSTANT -> new Domain.ConstantDomain(read(spec.getName(), spec.getConstant()));
      case DOMAIN_NOT_SET -> throw new IllegalArgumentException("it has no domain");
    };
  }

  private static Scale scale(io.ilteo.proto.search.v1.Scale scale) {
    return switch (scale) {
      case SCALE_LOG -> Scale.LOG;
      case SCALE_LINEAR, SCALE_UNSPECIFIED -> Scale.LINEAR;
      case UNRECOGNIZED ->
          throw new IllegalArgumentException("unknown scale; there are linear and log");
    };
  }

  private static Condition condition(String name, io.ilteo.proto.search.v1.Condition condition) {
    return new Condition(
        condition.getParent(),
        condition.getValuesList().stream().map(value -> read(name, value)).toList());
  }

  private static ParameterValue read(String name, io.ilteo.proto.search.v1.ParameterValue value) {
    return switch (value.getKindCase()) {
      case DOUBLE_VALUE -> new DoubleValue(value.getDoubleValue());
      case INTEGER_VALUE -> new IntegerValue(value.getIntegerValue());
      case STRING_VALUE -> new StringValue(value.getStringValue());
      case KIND_NOT_SET -> throw new InvalidArgument("parameter " + name + " has no value");
    };
  }

  private static LinearConstraint read(io.ilteo.proto.search.v1.LinearConstraint constraint) {
    Map<String, Double> coefficients = new HashMap<>();
    constraint
        .getTermsList()
        .forEach(
            term -> coefficients.merge(term.getParameter(), term.getCoefficient(), Double::sum));
    return new LinearConstraint(coefficients, constraint.getUpperBound());
  }
}
