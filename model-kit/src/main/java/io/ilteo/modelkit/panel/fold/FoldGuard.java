package io.ilteo.modelkit.panel.fold;

import io.ilteo.modelkit.panel.Panel;
import java.util.BitSet;

/**
 * Asserts what a protocol promises, on the sequences themselves rather than on how they were made.
 */
final class FoldGuard {
  private FoldGuard() {}

  static void requireDisjoint(
      Panel panel, Protocol protocol, Samples training, Samples validation, Samples test) {
    switch (protocol) {
      case NEW_PERSONS -> {
        BitSet seen = new BitSet();
        requireNewPersons(seen, training);
        requireNewPersons(seen, validation);
        requireNewPersons(seen, test);
      }
      case KNOWN_PERSONS_FUTURE_YEARS -> {
        requireBefore(panel, training, validation);
        requireBefore(panel, validation, test);
      }
    }
  }

  private static void requireNewPersons(BitSet seen, Samples fold) {
    BitSet own = new BitSet();
    for (int i = 0; i < fold.size(); i++) {
      own.set(fold.person(i));
    }
    if (own.intersects(seen)) {
      throw new LeakException("A person stands in two folds.");
    }
    seen.or(own);
  }

  private static void requireBefore(Panel panel, Samples earlier, Samples later) {
    int last = Integer.MIN_VALUE;
    for (int i = 0; i < earlier.size(); i++) {
      last = Math.max(last, panel.year(earlier.targetRow(i)));
    }
    for (int i = 0; i < later.size(); i++) {
      if (panel.year(later.targetRow(i)) <= last) {
        throw new LeakException("A later fold has a target year of an earlier fold.");
      }
    }
  }
}
