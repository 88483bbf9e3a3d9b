package io.ilteo.tuner.domain.space;

/** A value of one parameter. */
public sealed interface ParameterValue {
  /** A double. */
  record DoubleValue(double value) implements ParameterValue {
    @Override
    public String toString() {
      return Double.toString(value);
    }
  }

  /** An integer. */
  record IntegerValue(long value) implements ParameterValue {
    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /** A category. */
  record StringValue(String value) implements ParameterValue {
    @Override
    public String toString() {
      return value;
    }
  }
}
