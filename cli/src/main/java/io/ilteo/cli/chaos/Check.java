package io.ilteo.cli.chaos;

/**
 * One promise, and whether it held.
 *
 * @param promise as a sentence
 * @param detail what was looked at; if it did not hold, what was found instead
 */
record Check(String promise, boolean held, String detail) {
  /** A promise that a number of violations tells about. */
  static Check none(String promise, long violations, String lookedAt) {
    return new Check(
        promise, violations == 0, violations == 0 ? lookedAt : violations + " of " + lookedAt);
  }
}
