package io.ilteo.tuner.domain.space;

import io.ilteo.tuner.domain.space.ParameterValue.DoubleValue;
import io.ilteo.tuner.domain.space.ParameterValue.IntegerValue;
import io.ilteo.tuner.domain.space.ParameterValue.StringValue;
import java.util.HashSet;
import java.util.List;

/**
 * The set of values that a parameter may have, mapped onto the unit interval for samplers.
 *
 * <p>Constructors refuse impossible domains with {@link IllegalArgumentException}, whose message
 * says what is wrong and what would be accepted.
 */
public sealed interface Domain {
  /** Most choices a domain may list. */
  int MAX_CHOICES = 1_000;

  /** The value at position {@code unit} in [0, 1]; equal shares of the interval for each choice. */
  ParameterValue fromUnit(double unit);

  /** Position of an accepted value in [0, 1]: the middle of its share where values are counted. */
  double toUnit(ParameterValue value);

  /** Whether {@code value} lies in the domain. */
  boolean accepts(ParameterValue value);

  /** The domain in words, for messages: e.g. {@code 64 to 256 in steps of 32}. */
  String describe();

  /** How many values there are; {@link Long#MAX_VALUE} for a continuum. */
  long cardinality();

  /** A closed interval of doubles; {@code step} 0 is a continuum, else only on a linear scale. */
  record DoubleDomain(double min, double max, Scale scale, double step) implements Domain {
    public DoubleDomain {
      require(Double.isFinite(min) && Double.isFinite(max), "min and max must be finite");
      require(min <= max, "the range %s to %s is empty; min must not exceed max", min, max);
      require(scale == Scale.LINEAR || min > 0, "a log scale needs min > 0, not %s", min);
      require(step >= 0 && Double.isFinite(step), "step is %s; it must be 0 or more", step);
      require(step == 0 || scale == Scale.LINEAR, "a step needs a linear scale");
    }

    @Override
    public ParameterValue fromUnit(double unit) {
      if (step == 0) {
        return new DoubleValue(scale.fromUnit(unit, min, max));
      }
      return new DoubleValue(min + step * index(unit, cardinality()));
    }

    @Override
    public double toUnit(ParameterValue value) {
      double number = ((DoubleValue) value).value();
      return step == 0
          ? scale.toUnit(number, min, max)
          : middle(Math.round((number - min) / step), cardinality());
    }

    @Override
    public boolean accepts(ParameterValue value) {
      if (!(value instanceof DoubleValue(double number)) || !(number >= min && number <= max)) {
        return false;
      }
      double steps = step == 0 ? 0 : (number - min) / step;
      return Math.abs(steps - Math.rint(steps)) < 1e-9 * Math.max(1, Math.abs(steps));
    }

    @Override
    public String describe() {
      String range = min + " to " + max + (scale == Scale.LOG ? " (log)" : "");
      return step == 0 ? range : range + " in steps of " + step;
    }

    @Override
    public long cardinality() {
      if (step == 0) {
        return min == max ? 1 : Long.MAX_VALUE;
      }
      return (long) Math.floor((max - min) / step + 1e-9) + 1;
    }
  }

  /** A closed interval of integers, every {@code step}-th of them. */
  record IntegerDomain(long min, long max, Scale scale, long step) implements Domain {
    public IntegerDomain {
      require(min <= max, "the range %s to %s is empty; min must not exceed max", min, max);
      require(scale == Scale.LINEAR || min > 0, "a log scale needs min > 0, not %s", min);
      require(step >= 1, "step is %s; it must be 1 or more", step);
      require(step == 1 || scale == Scale.LINEAR, "a step above 1 needs a linear scale");
      require(Math.abs((double) min) < 1e15 && Math.abs((double) max) < 1e15, "beyond 1e15");
    }

    @Override
    public ParameterValue fromUnit(double unit) {
      if (scale == Scale.LINEAR) {
        return new IntegerValue(min + step * index(unit, cardinality()));
      }
      // Each integer owns the interval half a unit around it, as on the linear scale.
      double real = scale.fromUnit(unit, min - 0.5, max + 0.5);
      return new IntegerValue(Math.clamp(Math.round(real), min, max));
    }

    @Override
    public double toUnit(ParameterValue value) {
      long number = ((IntegerValue) value).value();
      return scale == Scale.LINEAR
          ? middle((number - min) / step, cardinality())
          : scale.toUnit(number, min - 0.5, max + 0.5);
    }

    @Override
    public boolean accepts(ParameterValue value) {
      return value instanceof IntegerValue(long number)
          && number >= min
          && number <= max
          && (number - min) % step == 0;
    }

    @Override
    public String describe() {
      String range = min + " to " + max + (scale == Scale.LOG ? " (log)" : "");
      return step == 1 ? range : range + " in steps of " + step;
    }

    @Override
    public long cardinality() {
      return (max - min) / step + 1;
    }
  }

  /** Unordered choices. */
  record CategoricalDomain(List<String> choices) implements Domain {
    public CategoricalDomain {
      choices = List.copyOf(choices);
      requireChoices(choices);
      require(choices.stream().noneMatch(String::isEmpty), "a choice is empty");
    }

    @Override
    public ParameterValue fromUnit(double unit) {
      return new StringValue(choices.get((int) index(unit, choices.size())));
    }

    @Override
    public double toUnit(ParameterValue value) {
      return middle(choices.indexOf(((StringValue) value).value()), choices.size());
    }

    @Override
    public boolean accepts(ParameterValue value) {
      return value instanceof StringValue(String choice) && choices.contains(choice);
    }

    @Override
    public String describe() {
      return "one of " + String.join(", ", choices);
    }

    @Override
    public long cardinality() {
      return choices.size();
    }
  }

  /** Ordered numeric choices, increasing. */
  record DiscreteDomain(List<Double> values) implements Domain {
    public DiscreteDomain {
      values = List.copyOf(values);
      requireChoices(values);
      require(values.equals(values.stream().sorted().toList()), "values must increase");
      require(values.stream().allMatch(Double::isFinite), "values must be finite");
    }

    @Override
    public ParameterValue fromUnit(double unit) {
      return new DoubleValue(values.get((int) index(unit, values.size())));
    }

    @Override
    public double toUnit(ParameterValue value) {
      return middle(values.indexOf(((DoubleValue) value).value()), values.size());
    }

    @Override
    public boolean accepts(ParameterValue value) {
      return value instanceof DoubleValue(double number) && values.contains(number);
    }

    @Override
    public String describe() {
      return "one of " + values;
    }

    @Override
    public long cardinality() {
      return values.size();
    }
  }

  /** Exactly one value. */
  record ConstantDomain(ParameterValue value) implements Domain {
    @Override
    public ParameterValue fromUnit(double unit) {
      return value;
    }

    @Override
    public double toUnit(ParameterValue any) {
      return 0.5;
    }

    @Override
    public boolean accepts(ParameterValue candidate) {
      return candidate.equals(value);
    }

    @Override
    public String describe() {
      return "exactly " + value;
    }

    @Override
    public long cardinality() {
      return 1;
    }
  }

  private static long index(double unit, long count) {
    return Math.clamp((long) Math.floor(unit * count), 0, count - 1);
  }

  private static double middle(long index, long count) {
    return (index + 0.5) / count;
  }

  private static void requireChoices(List<?> choices) {
    require(!choices.isEmpty(), "there must be at least one choice");
    require(choices.size() <= MAX_CHOICES, "%s choices; at most 1000", choices.size());
    require(new HashSet<>(choices).size() == choices.size(), "choices must be distinct");
  }

  private static void require(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new IllegalArgumentException(message.formatted(values));
    }
  }
}
