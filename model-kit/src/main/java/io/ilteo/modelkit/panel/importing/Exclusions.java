package io.ilteo.modelkit.panel.importing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what an import leaves out, and remembers where each reason was met first. */
final class Exclusions {
  private static final class Tally {
    long count;
    final String firstPlace;

    Tally(String firstPlace) {
      this.firstPlace = firstPlace;
    }
  }

  private final Map<String, Tally> tallies = new LinkedHashMap<>();

  void add(String reason, String file, long row) {
    tallies.computeIfAbsent(reason, r -> new Tally(file + " row " + row)).count++;
  }

  List<Exclusion> list() {
    return tallies.entrySet().stream()
        .map(e -> new Exclusion(e.getKey(), e.getValue().count, e.getValue().firstPlace))
        .toList();
  }
}
