package io.ilteo.modelkit.panel.synthetic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns scores into what the published margins say, year by year: the r-th highest wage score gets
 * the r-th highest wage of the published distribution, and satisfaction codes are cut where the
 * published shares lie. Who is where, and how long, stays the persons' own.
 */
final class Calibration {
  /** Share of "very" among satisfied and among dissatisfied. */
  private static final double VERY_SATISFIED = .06;

  private static final double VERY_DISSATISFIED = .10;
  private static final double[] FACET_LOADINGS = {.55, .5, .6, .5, .45, .55, .45, .5, .45};

  private Calibration() {}

  static void apply(List<SyntheticPerson> persons) {
    Map<Integer, List<YearRecord>> employed = new TreeMap<>();
    for (SyntheticPerson person : persons) {
      for (YearRecord record : person.years) {
        if (record.employed) {
          employed.computeIfAbsent(record.year, y -> new ArrayList<>()).add(record);
        }
      }
    }
    employed.forEach(
        (year, records) -> {
          assignWages(year, records.stream().filter(r -> r.wageWorker).toList());
          assignWages(year, records.stream().filter(r -> !r.wageWorker).toList());
          assignSatisfaction(year, records);
        });
    for (SyntheticPerson person : persons) {
      person.years.stream().filter(r -> r.employed).forEach(r -> assignFacets(person, r));
    }
  }

  private static void assignWages(int year, List<YearRecord> records) {
    List<YearRecord> sorted = new ArrayList<>(records);
    sorted.sort(Comparator.comparingDouble(r -> r.wageScore));
    double level = PublishedFacts.wageLevel(year);
    for (int i = 0; i < sorted.size(); i++) {
      double place = (i + .5) / sorted.size();
      sorted.get(i).earnings = Math.max(1, level * PublishedFacts.wageQuantile(place));
    }
  }

  private static void assignSatisfaction(int year, List<YearRecord> records) {
    List<YearRecord> sorted = new ArrayList<>(records);
    sorted.sort(Comparator.comparingDouble(r -> -r.satisfactionScore));
    double[] shares = PublishedFacts.satisfactionShares(year);
    double[] until = {
      shares[0] * VERY_SATISFIED,
      shares[0],
      shares[0] + shares[1],
      1 - shares[2] * VERY_DISSATISFIED,
      1
    };
    for (int i = 0; i < sorted.size(); i++) {
      double place = (i + .5) / sorted.size();
      int code = 1;
      while (code < 5 && place > until[code - 1]) {
        code++;
      }
      sorted.get(i).satisfaction = code;
    }
  }

  private static void assignFacets(SyntheticPerson person, YearRecord record) {
    for (int f = 0; f < record.facets.length; f++) {
      record.facets[f] = echo(person, record.satisfaction, FACET_LOADINGS[f]);
    }
    record.taskSatisfaction = echo(person, record.satisfaction, .7);
  }

  /** A code that follows the overall one by {@code loading}, with a taste of its own. */
  private static int echo(SyntheticPerson person, int overall, double loading) {
    double code = 2.9 + loading * (overall - 2.75) + .62 * Normal.draw(person.random);
    return (int) Math.min(5, Math.max(1, Math.round(code)));
  }
}
