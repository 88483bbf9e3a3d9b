package io.ilteo.tuner.domain.study;

/** Which way an objective is better. */
public enum Direction {
  MINIMIZE(1),
  MAXIMIZE(-1);

  private final int sign;

  Direction(int sign) {
    this.sign = sign;
  }

  /** The value turned so that less is better. */
  public double loss(double value) {
    return sign * value;
  }
}
