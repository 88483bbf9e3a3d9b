package io.ilteo.modelkit.panel.synthetic;

import java.io.IOException;
import java.io.Writer;
import java.util.SplittableRandom;

/**
 * Writes what persons report in the {@code klips-long} layout: wages rounded the way people round,
 * last year's wage repeated, −1 for "don't know", blanks for what is not asked.
 */
final class KlipsLongCsv {
  private static final String HEADER =
      "hhid,pid,wave,year,p_age,p_sex,p_edu,p_wage,p_ind2000,p_ind2007,p_ind2017,"
          + "p_jobfam2000,p_jobfam2007,p_jobfam2017,"
          + "p4311,p4312,p4313,p4314,p4315,p4316,p4317,p4318,p4319,p4321,p4322,"
          + "p_hours,p_firm_size,p_job_status,p_employ_type,p_jobtype,p_job_begin,p_married,"
          + "p_region,p_religion,p_econstat,p6101,p6508,p4401,p4402,p2504\n";
  private static final double REPEATS_WAGE = .175;
  private static final double ROUNDS_TO_50 = .53;
  private static final double ROUNDS_TO_10 = .37;

  private final Writer out;
  private final StringBuilder line = new StringBuilder(256);

  KlipsLongCsv(Writer out) {
    this.out = out;
  }

  void header() throws IOException {
    out.write(HEADER);
  }

  void person(SyntheticPerson person) throws IOException {
    long lastWage = 0;
    YearRecord before = null;
    for (YearRecord now : person.years) {
      boolean sameJob =
          before != null && before.employed && before.jobBeginYear == now.jobBeginYear;
      long wage = 0;
      if (now.employed) {
        boolean repeats = sameJob && lastWage > 0 && person.chance(REPEATS_WAGE);
        wage = repeats ? lastWage : report(now.earnings, person.random);
      }
      row(person, now, wage);
      lastWage = wage;
      before = now;
    }
  }

  /** The wage as said: to the nearest 50, 10 or 1 (만원). */
  private static long report(double exact, SplittableRandom random) {
    double draw = random.nextDouble();
    if (draw < ROUNDS_TO_50 && exact >= 75) {
      return 50 * Math.round(exact / 50);
    }
    if (draw < ROUNDS_TO_50 + ROUNDS_TO_10 && exact >= 40) {
      return 10 * Math.round(exact / 10);
    }
    return Math.max(1, Math.round(exact));
  }

  private void row(SyntheticPerson person, YearRecord now, long wage) throws IOException {
    line.setLength(0);
    SplittableRandom random = person.random;
    boolean job = now.employed;
    number(person.household).number(person.id);
    number(now.year - PublishedFacts.FIRST_YEAR + PublishedFacts.FIRST_WAVE).number(now.year);
    number(now.age).number(person.female ? 2 : 1);
    answer(now.education, true, .002, random);
    answer(wage, job, .015, random);
    answer(now.industry, job, .006, random);
    answer(now.industry + 1, job && now.year >= 2009, .006, random);
    answer(now.industry + 2, job && now.year >= 2017, .006, random);
    answer(now.occupation, job, .006, random);
    answer(now.occupation + 1, job && now.year >= 2009, .006, random);
    answer(now.occupation + 2, job && now.year >= 2017, .006, random);
    for (int facet : now.facets) {
      answer(facet, job, .008, random);
    }
    answer(now.satisfaction, job, .004, random);
    answer(now.taskSatisfaction, job && now.year >= 2006, .004, random);
    answer(now.hours, job, .01, random);
    answer(random.nextDouble() < .04 ? 11 : now.firmSize, job, .01, random);
    answer(now.jobStatus, job, .001, random);
    answer(now.regular ? 1 : 2, job && now.wageWorker, .003, random);
    answer(now.wageWorker ? 1 : 2, job, 0, random);
    answer(now.jobBeginYear, job, .01, random);
    answer(now.maritalStatus, true, .001, random);
    number(now.region).number(person.religion).number(job ? 1 : 2);
    answer(now.health, now.year >= 2003, .002, random);
    answer(now.lifeSatisfaction, true, .004, random);
    answer(now.educationFit, job, .01, random);
    answer(now.skillFit, job, .01, random);
    answer(now.unionMember ? 1 : 2, job && now.wageWorker, .01, random);
    line.setCharAt(line.length() - 1, '\n');
    out.append(line);
  }

  private KlipsLongCsv number(long value) {
    line.append(value).append(',');
    return this;
  }

  /** The value, −1 with probability {@code unknown}, or blank where it is not asked. */
  private void answer(long value, boolean asked, double unknown, SplittableRandom random) {
    if (asked) {
      number(random.nextDouble() < unknown ? -1 : value);
    } else {
      line.append(',');
    }
  }
}
