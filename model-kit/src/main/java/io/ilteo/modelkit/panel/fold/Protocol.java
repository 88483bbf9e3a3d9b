package io.ilteo.modelkit.panel.fold;

/** How persons and years are divided into training, validation and test fold. */
public enum Protocol {
  /** No person is in two folds: 70 % train, 15 % validate, 15 % test. */
  NEW_PERSONS,
  /**
   * Training on target years up to T, validation on T + 1, test on T + 2, the panel's last year.
   */
  KNOWN_PERSONS_FUTURE_YEARS
}
