package io.ilteo.modelkit.panel.fold;

import io.ilteo.servicekit.error.DomainException.InvalidArgument;

/**
 * The form of a sequence: {@code length} calendar years of input ending in year t, and a target in
 * year t + {@code horizon}.
 *
 * <p>Steps are years, not rows: step j holds year t − length + 1 + j, and is masked where the
 * person was not interviewed in it. The last step is always observed.
 *
 * @param length steps, 1 to 32
 * @param horizon years from the last input to the target, 1 to 10
 * @param minObserved steps that must be observed for a sequence to count, 1 to length
 */
public record WindowSpec(int length, int horizon, int minObserved) {
  private static final int MAX_LENGTH = 32;
  private static final int MAX_HORIZON = 10;

  public WindowSpec {
    if (length < 1 || length > MAX_LENGTH) {
      throw new InvalidArgument(
          "Window length %d: expected 1 to %d steps.".formatted(length, MAX_LENGTH));
    }
    if (horizon < 1 || horizon > MAX_HORIZON) {
      throw new InvalidArgument(
          "Horizon %d: expected 1 to %d years.".formatted(horizon, MAX_HORIZON));
    }
    if (minObserved < 1 || minObserved > length) {
      throw new InvalidArgument(
          "Observed steps %d: expected 1 to the window length %d.".formatted(minObserved, length));
    }
  }

  /** A window that counts however few of its steps are observed. */
  public WindowSpec(int length, int horizon) {
    this(length, horizon, 1);
  }

  /** Five years in, one year ahead. */
  public static WindowSpec standard() {
    return new WindowSpec(5, 1);
  }
}
