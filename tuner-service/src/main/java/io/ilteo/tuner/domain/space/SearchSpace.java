package io.ilteo.tuner.domain.space;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A set of parameters, with conditions that form a forest and constraints between them.
 *
 * <p>Invariant: names are unique, every parent stands before its children, every condition's value
 * lies in the parent's domain.
 */
public record SearchSpace(List<ParameterSpec> parameters, List<LinearConstraint> constraints) {
  private static final int MAX_PARAMETERS = 256;

  public SearchSpace {
    parameters = List.copyOf(parameters);
    constraints = List.copyOf(constraints);
    require(!parameters.isEmpty(), "a search space needs at least one parameter");
    require(parameters.size() <= MAX_PARAMETERS, "%s parameters; at most 256", parameters.size());
    Map<String, ParameterSpec> seen = new HashMap<>();
    for (ParameterSpec spec : parameters) {
      spec.condition().ifPresent(condition -> check(spec, condition, seen));
      require(seen.put(spec.name(), spec) == null, "parameter %s stands twice", spec.name());
    }
    for (LinearConstraint constraint : constraints) {
      for (String name : constraint.coefficients().keySet()) {
        ParameterSpec spec = seen.get(name);
        require(
            spec != null && spec.condition().isEmpty() && numeric(spec.domain()),
            "a constraint names %s, which is not a numeric parameter that always exists",
            name);
      }
    }
  }

  /** The parameter called {@code name}. */
  public ParameterSpec parameter(String name) {
    return parameters.stream()
        .filter(spec -> spec.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no parameter " + name));
  }

  /** Whether {@code spec} exists given the values of its ancestors. */
  public static boolean isActive(ParameterSpec spec, Map<String, ParameterValue> values) {
    return spec.condition()
        .map(c -> values.containsKey(c.parent()) && c.values().contains(values.get(c.parent())))
        .orElse(true);
  }

  /** Builds a configuration from unit-cube coordinates, one for each parameter, active or not. */
  public Configuration fromUnit(double[] unit) {
    Map<String, ParameterValue> values = new HashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      ParameterSpec spec = parameters.get(i);
      if (isActive(spec, values)) {
        values.put(spec.name(), spec.domain().fromUnit(unit[i]));
      }
    }
    return Configuration.of(values);
  }

  /** Whether every constraint holds. */
  public boolean admits(Configuration configuration) {
    return constraints.stream().allMatch(constraint -> constraint.admits(configuration));
  }

  /**
   * Checks that {@code configuration} has exactly the active parameters, each in its domain, within
   * the constraints.
   *
   * @throws IllegalArgumentException naming the parameter, the value, and what would be accepted
   */
  public void requireMember(Configuration configuration) {
    Set<String> expected = new HashSet<>();
    for (ParameterSpec spec : parameters) {
      if (isActive(spec, configuration.values())) {
        expected.add(spec.name());
        ParameterValue value = configuration.require(spec.name());
        require(
            spec.domain().accepts(value),
            "parameter %s: %s is not accepted; %s",
            spec.name(),
            value,
            spec.domain().describe());
      }
    }
    for (String name : configuration.values().keySet()) {
      require(expected.contains(name), "parameter %s does not exist here", name);
    }
    require(admits(configuration), "the configuration violates a constraint of the space");
  }

  private static void check(
      ParameterSpec child, Condition condition, Map<String, ParameterSpec> earlier) {
    ParameterSpec parent = earlier.get(condition.parent());
    require(
        parent != null,
        "parameter %s depends on %s, which must stand before it",
        child.name(),
        condition.parent());
    for (ParameterValue value : condition.values()) {
      require(
          parent != null && parent.domain().accepts(value),
          "parameter %s depends on %s = %s, which cannot be",
          child.name(),
          condition.parent(),
          value);
    }
  }

  private static boolean numeric(Domain domain) {
    return !(domain instanceof Domain.CategoricalDomain)
        && !(domain instanceof Domain.ConstantDomain(ParameterValue.StringValue text));
  }

  private static void require(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new IllegalArgumentException(message.formatted(values));
    }
  }
}
