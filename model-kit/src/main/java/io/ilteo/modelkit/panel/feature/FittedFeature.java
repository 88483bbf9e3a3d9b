package io.ilteo.modelkit.panel.feature;

/**
 * What was learned of one feature on the training fold.
 *
 * @param low values below are raised to it (the .5 % quantile)
 * @param high values above are lowered to it (the 99.5 % quantile)
 * @param mean of the capped values
 * @param deviation standard deviation of the capped values; 1 where they do not vary
 * @param indicator whether a missing value gets an input of its own
 */
public record FittedFeature(
    String name, double low, double high, double mean, double deviation, boolean indicator) {
  /** The network's input: standardised, 0 where missing. */
  float scale(double raw) {
    if (Double.isNaN(raw)) {
      return 0f;
    }
    return (float) ((Math.min(Math.max(raw, low), high) - mean) / deviation);
  }
}
