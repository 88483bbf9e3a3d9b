package io.ilteo.modelkit.panel.synthetic;

import java.util.SplittableRandom;

/**
 * Lives a person's years: schooling, work, jobs, family, attrition.
 *
 * <p>The direct coefficients of the wage score are smaller than the published returns (schooling
 * .06–.07 a year, regular .165): able persons stay longer at school and get regular jobs, and a
 * regression on the result finds the published figures. {@code SyntheticMomentsTest} prints them.
 */
final class Career {
  private static final double ATTRITION = .037;
  private static final double MISSED_INTERVIEW = .02;
  private static final int[] INDUSTRIES = {
    11, 15, 18, 24, 29, 32, 34, 45, 51, 52, 55, 60, 65, 72, 75, 80, 85, 90
  };
  private static final int[] OCCUPATIONS = {11, 12, 21, 24, 31, 42, 51, 61, 71, 74, 82, 84, 91, 94};
  private static final double[] SCHOOL_YEARS = {0, 0, 8, 12, 13, 14, 16.5};

  private final SyntheticPerson person;
  private final SplittableRandom random;
  private final int finalEducation;
  private final int schoolEnd;
  private double attachmentShock;
  private double wageShock;
  private double moodShock;
  private boolean employed;
  private boolean wageWorker;
  private boolean regular;
  private boolean married;
  private int industry;
  private int occupation;
  private int firmSize;
  private int region;
  private int jobBegin;
  private double jobQuality;

  private Career(SyntheticPerson person) {
    this.person = person;
    this.random = person.random;
    this.finalEducation = drawEducation();
    this.schoolEnd = person.birthYear + 6 + (int) SCHOOL_YEARS[finalEducation];
    this.region = random.nextInt(1, 17);
    this.attachmentShock = Normal.draw(random);
    this.wageShock = Normal.draw(random);
    this.moodShock = Normal.draw(random);
  }

  static void live(SyntheticPerson person, int entryYear) {
    Career career = new Career(person);
    career.settle(entryYear);
    for (int year = entryYear; year <= PublishedFacts.LAST_YEAR; year++) {
      career.step(year);
      if (year == entryYear || !person.chance(MISSED_INTERVIEW)) {
        person.years.add(career.record(year));
      }
      if (person.chance(ATTRITION)) {
        return;
      }
    }
  }

  private int drawEducation() {
    double cohort = (person.birthYear - 1960) / 20.0;
    double score =
        cohort * .9 + .24 * person.ability + Normal.draw(random) - (person.female ? .15 : 0);
    double[] cuts = {-2.2, -.75, .55, .75, 1.2};
    int level = 1;
    for (double cut : cuts) {
      level += score > cut ? 1 : 0;
    }
    return level;
  }

  /** Gives a person who is already grown up a job and a family. */
  private void settle(int year) {
    int age = year - person.birthYear;
    married = age > 24 && person.chance(Math.min(.85, .07 * (age - 24)));
    updateEmployment(year);
    if (employed) {
      int possible = Math.max(0, Math.min(year - schoolEnd, age - 15));
      double share = StrictMath.pow(random.nextDouble(), regular ? 1.6 : 3.2);
      jobBegin = year - (int) Math.min(35, possible * share);
    }
  }

  private void step(int year) {
    int age = year - person.birthYear;
    attachmentShock = .88 * attachmentShock + .475 * Normal.draw(random);
    wageShock = .87 * wageShock + .493 * Normal.draw(random);
    moodShock = .60 * moodShock + .80 * Normal.draw(random);
    if (!married && age > 23 && age < 45 && person.chance(.09)) {
      married = true;
    } else if (married && person.chance(.008)) {
      married = false;
    }
    updateEmployment(year);
    if (person.chance(.01)) {
      region = random.nextInt(1, 17);
    }
  }

  private void updateEmployment(int year) {
    int age = year - person.birthYear;
    double peak = (age - 44) / 19.0;
    double score =
        1.22
            - .85 * peak * peak
            - (person.female ? .55 : 0)
            + .6 * person.attachment
            + .6 * attachmentShock;
    boolean working = score > 0 && year >= schoolEnd && age < 80;
    if (!working) {
      employed = false;
    } else if (!employed || person.chance(regular ? .07 : .17)) {
      employed = true;
      takeJob(year, age);
    }
  }

  private void takeJob(int year, int age) {
    jobBegin = year;
    double skill = .55 * person.ability + .25 * (SCHOOL_YEARS[finalEducation] - 12);
    wageWorker = person.chance(age < 35 ? .88 : .72);
    regular =
        wageWorker && person.chance(logistic(.28 + .75 * skill - .035 * Math.max(0, age - 40)));
    firmSize =
        1
            + (int)
                Math.min(
                    9,
                    Math.max(
                        0, 2.6 + 1.1 * skill + (regular ? 1.4 : -.8) + 2 * Normal.draw(random)));
    occupation = pick(OCCUPATIONS, 1 - place(skill + .5 * Normal.draw(random)));
    industry = pick(INDUSTRIES, random.nextDouble());
    jobQuality = .6 * jobQuality + .8 * Normal.draw(random);
  }

  private static int pick(int[] codes, double place) {
    return codes[(int) Math.min(codes.length - 1, place * codes.length)];
  }

  private static double place(double score) {
    return logistic(1.4 * score);
  }

  private static double logistic(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  private YearRecord record(int year) {
    YearRecord now = new YearRecord();
    now.year = year;
    now.age = year - person.birthYear;
    now.education =
        year >= schoolEnd ? finalEducation : Math.min(finalEducation, now.age < 19 ? 2 : 3);
    now.employed = employed;
    now.maritalStatus = married ? 2 : now.age > 60 ? 5 : 1;
    now.region = region;
    now.health =
        clamp(
            (int)
                Math.round(2 + (now.age - 40) / 35.0 - .3 * person.mood + .7 * Normal.draw(random)),
            1,
            5);
    now.lifeSatisfaction =
        clamp((int) Math.round(2.6 - .35 * person.mood + .45 * Normal.draw(random)), 1, 5);
    if (employed) {
      describeJob(now);
    }
    return now;
  }

  private void describeJob(YearRecord now) {
    now.wageWorker = wageWorker;
    now.regular = regular;
    now.jobStatus =
        wageWorker
            ? (regular ? 1 : person.chance(.72) ? 2 : 3)
            : person.female && person.chance(.4) ? 5 : 4;
    now.industry = industry * 10 + (industry + occupation) % 7;
    now.occupation = occupation * 10 + (occupation + industry) % 5;
    now.firmSize = firmSize;
    now.jobBeginYear = jobBegin;
    double partTime = regular ? .02 : .24;
    double usual = person.chance(partTime) ? 24 : regular ? 43 : 46;
    now.hours =
        clamp((int) Math.round(usual + 7 * Normal.draw(random) - .25 * (now.year - 2010)), 4, 90);
    now.unionMember = regular && firmSize > 6 && person.ability > -.5;
    now.educationFit = clamp((int) Math.round(3 + .45 * Normal.draw(random)), 1, 5);
    now.skillFit = clamp((int) Math.round(3 + .45 * Normal.draw(random)), 1, 5);
    now.wageScore = wageScore(now);
    double wage = (now.wageScore - 1.0) / .75;
    double grievance = person.chance(.085) ? 1.5 : 0;
    now.satisfactionScore =
        .50 * wage
            + .48 * person.mood
            + .38 * jobQuality
            + .40 * moodShock
            + .30 * Normal.draw(random)
            - grievance;
  }

  private double wageScore(YearRecord now) {
    double schooling = SCHOOL_YEARS[now.education];
    double experience = Math.max(0, now.age - schooling - 6);
    int tenure = now.year - now.jobBeginYear;
    return .016 * schooling
        + .022 * experience
        - .00048 * experience * experience
        + .03 * Math.min(tenure, 22)
        + (regular ? -.04 : 0)
        + (married ? .16 : 0)
        + .22 * StrictMath.log(now.hours / 44.0)
        + .03 * firmSize
        - (person.female ? .37 : 0)
        + .24 * person.ability
        + .20 * wageShock
        + .150 * Normal.draw(random);
  }

  private static int clamp(int value, int low, int high) {
    return Math.min(high, Math.max(low, value));
  }
}
