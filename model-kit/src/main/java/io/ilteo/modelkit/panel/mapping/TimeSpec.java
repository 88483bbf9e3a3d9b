package io.ilteo.modelkit.panel.mapping;

import io.ilteo.servicekit.error.DomainException.InvalidArgument;

/**
 * A source column that tells the year.
 *
 * @param source source column
 * @param offset added to its value: 1997 turns a KLIPS wave into its year
 */
public record TimeSpec(String source, int offset) {
  public TimeSpec {
    if (source == null || source.isBlank()) {
      throw new InvalidArgument("`time` needs `source`.");
    }
  }
}
