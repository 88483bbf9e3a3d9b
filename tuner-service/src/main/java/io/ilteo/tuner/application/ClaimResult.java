package io.ilteo.tuner.application;

/** What came of asking for a trial. */
public sealed interface ClaimResult {
  /** A trial was leased. */
  record Leased(Lease lease) implements ClaimResult {}

  /** The study does not run. */
  record NotRunning(String state) implements ClaimResult {}

  /** Every slot is taken, or the budget is spoken for; asking again later may help. */
  record NothingFree(String reason) implements ClaimResult {}
}
