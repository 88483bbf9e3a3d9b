package io.ilteo.modelkit.panel.feature;

/** What a network learns of a wage. */
public enum WageScale {
  /** Natural log of the real wage, standardised. */
  LOG,
  /** The real wage, standardised. */
  LEVEL
}
