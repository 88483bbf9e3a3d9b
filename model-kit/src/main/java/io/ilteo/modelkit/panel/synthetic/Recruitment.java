package io.ilteo.modelkit.panel.synthetic;

import java.util.SplittableRandom;

/**
 * Who joins the survey when: the original sample, the refreshment samples of 2009 and 2018, and
 * every year young members of sampled households. At 36,000 persons the panel has about 370,000
 * person-years.
 */
final class Recruitment {
  private static final double ORIGINAL_SHARE = 11.0 / 36;
  private static final double REFRESHMENT_2009_SHARE = 3.0 / 36;
  private static final double REFRESHMENT_2018_SHARE = 9.5 / 36;
  private static final int PERSONS_A_HOUSEHOLD = 2;

  /**
   * @param entryYear first interview
   * @param young whether they join by growing up
   */
  record Entry(int entryYear, boolean young) {}

  private Recruitment() {}

  static Entry entryOf(int index, int persons) {
    double place = (index + .5) / persons;
    if (place < ORIGINAL_SHARE) {
      return new Entry(PublishedFacts.FIRST_YEAR, false);
    }
    if (place < ORIGINAL_SHARE + REFRESHMENT_2009_SHARE) {
      return new Entry(2009, false);
    }
    if (place < ORIGINAL_SHARE + REFRESHMENT_2009_SHARE + REFRESHMENT_2018_SHARE) {
      return new Entry(2018, false);
    }
    int years = PublishedFacts.LAST_YEAR - PublishedFacts.FIRST_YEAR;
    return new Entry(PublishedFacts.FIRST_YEAR + 1 + index % years, true);
  }

  static SyntheticPerson person(int index, int persons, long seed) {
    Entry entry = entryOf(index, persons);
    SplittableRandom random = new SplittableRandom(seed * 0x9e3779b97f4a7c15L + index);
    boolean female = random.nextDouble() < .515;
    int age =
        entry.young
            ? random.nextInt(15, 27)
            : (int) (15 + 63 * StrictMath.pow(random.nextDouble(), 1.15));
    int household = 1 + index / PERSONS_A_HOUSEHOLD;
    return new SyntheticPerson(index + 1, household, female, entry.entryYear - age, random);
  }
}
