package io.ilteo.cli.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Which fault comes next, when, and to whom: the same for the same seed. Faults are dealt like
 * cards, so that each kind comes up once before one comes up twice.
 */
final class FaultPlan {
  private static final int SHORTEST_GAP_MILLIS = 1_000;
  private static final int GAP_SPREAD_MILLIS = 3_000;
  private static final int MAX_VICTIM = 1 << 16;

  private final Random random;
  private final List<Fault> kinds;
  private final Deque<Fault> deck = new ArrayDeque<>();

  /**
   * A plan.
   *
   * @param kinds those that this machine can do
   */
  FaultPlan(long seed, List<Fault> kinds) {
    this.random = new Random(seed);
    this.kinds = List.copyOf(kinds);
  }

  /**
   * One fault to come.
   *
   * @param gap after the one before
   * @param victim says which of those that can be hurt, modulo their number
   * @param strength from 0 to 1: how long, or how far
   */
  record Step(Fault fault, Duration gap, int victim, double strength) {}

  Step next() {
    if (deck.isEmpty()) {
      List<Fault> shuffled = new ArrayList<>(kinds);
      Collections.shuffle(shuffled, random);
      deck.addAll(shuffled);
    }
    return new Step(
        deck.removeFirst(),
        Duration.ofMillis(SHORTEST_GAP_MILLIS + random.nextInt(GAP_SPREAD_MILLIS)),
        random.nextInt(MAX_VICTIM),
        random.nextDouble());
  }
}
