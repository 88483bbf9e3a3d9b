package io.ilteo.tuner.domain.space;

/** How a numeric domain is spaced. */
public enum Scale {
  LINEAR {
    @Override
    double forward(double value) {
      return value;
    }

    @Override
    double backward(double scaled) {
      return scaled;
    }
  },
  LOG {
    @Override
    double forward(double value) {
      return Math.log(value);
    }

    @Override
    double backward(double scaled) {
      return Math.exp(scaled);
    }
  };

  abstract double forward(double value);

  abstract double backward(double scaled);

  /** Position of {@code value} in [min, max] on this scale, in [0, 1]; 0.5 where min = max. */
  public double toUnit(double value, double min, double max) {
    double low = forward(min);
    double high = forward(max);
    return high > low ? Math.clamp((forward(value) - low) / (high - low), 0.0, 1.0) : 0.5;
  }

  /** The value at position {@code unit} in [0, 1] of [min, max] on this scale. */
  public double fromUnit(double unit, double min, double max) {
    double low = forward(min);
    double high = forward(max);
    return Math.clamp(backward(low + unit * (high - low)), min, max);
  }
}
