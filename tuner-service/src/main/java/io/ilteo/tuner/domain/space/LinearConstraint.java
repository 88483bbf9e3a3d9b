package io.ilteo.tuner.domain.space;

import io.ilteo.tuner.domain.space.ParameterValue.DoubleValue;
import io.ilteo.tuner.domain.space.ParameterValue.IntegerValue;
import java.util.Map;
import java.util.TreeMap;

/** Σ coefficient · parameter ≤ upperBound, over numeric parameters that always exist. */
public record LinearConstraint(Map<String, Double> coefficients, double upperBound) {
  private static final double SLACK = 1e-9;

  public LinearConstraint {
    coefficients = Map.copyOf(coefficients);
  }

  /** Whether the configuration satisfies it. */
  public boolean admits(Configuration configuration) {
    double sum = 0;
    for (Map.Entry<String, Double> term : new TreeMap<>(coefficients).entrySet()) {
      sum +=
          term.getValue()
              * switch (configuration.require(term.getKey())) {
                case DoubleValue value -> value.value();
                case IntegerValue value -> value.value();
                case ParameterValue.StringValue text ->
                    throw new IllegalArgumentException(term.getKey() + " is not numeric");
              };
    }
    return sum <= upperBound + SLACK * Math.max(1, Math.abs(upperBound));
  }
}
