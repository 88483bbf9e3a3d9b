package io.ilteo.modelkit.training;

import io.ilteo.modelkit.panel.Panel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which sample of a panel each person came with. A refreshment is a year after the first in which
 * at least a twentieth of all persons enter (KLIPS: 2009 and 2018); who enters between two samples,
 * e.g. by marriage, counts with the one before.
 */
public final class SampleCohorts {
  private static final double REFRESHMENT_SHARE = 0.05;

  private final List<Integer> years;
  private final Map<String, Integer> cohorts;

  private SampleCohorts(List<Integer> years, Map<String, Integer> cohorts) {
    this.years = List.copyOf(years);
    this.cohorts = cohorts;
  }

  /** The cohorts of {@code panel}, read from entry years alone. */
  public static SampleCohorts of(Panel panel) {
    TreeMap<Integer, Integer> entries = new TreeMap<>();
    for (int person = 0; person < panel.personCount(); person++) {
      entries.merge(panel.year(panel.start(person)), 1, Integer::sum);
    }
    int first = entries.firstKey();
    List<Integer> years =
        entries.entrySet().stream()
            .filter(
                entry ->
                    entry.getKey() == first
                        || entry.getValue() >= REFRESHMENT_SHARE * panel.personCount())
            .map(Map.Entry::getKey)
            .toList();
    Map<String, Integer> cohorts = new HashMap<>();
    for (int person = 0; person < panel.personCount(); person++) {
      int entry = panel.year(panel.start(person));
      int cohort = years.size() - 1;
      while (years.get(cohort) > entry) {
        cohort--;
      }
      cohorts.put(panel.person(person), cohort);
    }
    return new SampleCohorts(years, cohorts);
  }

  /** First year of each cohort, rising. */
  public List<Integer> years() {
    return years;
  }

  /** Index of a person's cohort; −1 for a person who is not in the panel. */
  public int cohort(String person) {
    return cohorts.getOrDefault(person, -1);
  }
}
