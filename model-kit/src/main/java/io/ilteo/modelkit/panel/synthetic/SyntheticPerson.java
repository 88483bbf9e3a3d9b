package io.ilteo.modelkit.panel.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A person: what stays the same, and their years. */
final class SyntheticPerson {
  final int id;
  final int household;
  final boolean female;
  final int birthYear;
  final int religion;

  /** Log points of wage that no column tells. */
  final double ability;

  /** Leaning to be satisfied, standard deviations. */
  final double mood;

  /** Attachment to work, standard deviations. */
  final double attachment;

  final SplittableRandom random;
  final List<YearRecord> years = new ArrayList<>();

  SyntheticPerson(int id, int household, boolean female, int birthYear, SplittableRandom random) {
    this.id = id;
    this.household = household;
    this.female = female;
    this.birthYear = birthYear;
    this.random = random;
    this.religion = random.nextInt(1, 6);
    this.ability = Normal.draw(random);
    this.mood = Normal.draw(random);
    this.attachment = Normal.draw(random);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }
}
