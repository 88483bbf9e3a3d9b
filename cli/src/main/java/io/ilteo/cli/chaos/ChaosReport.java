package io.ilteo.cli.chaos;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one run did and what became of it.
 *
 * @param faults how often each was done, 0 for what this machine cannot do
 * @param figures what happened meanwhile, by name
 */
public record ChaosReport(
    long seed,
    long seconds,
    Map<String, Integer> faults,
    Map<String, Long> figures,
    List<Check> checks) {

  /** Whether every promise held. */
  public boolean passed() {
    return checks.stream().allMatch(Check::held);
  }

  /** As a table for people. */
  public void print(PrintWriter out) {
    out.printf("%nfaults in %d s (seed %d)%n", seconds, seed);
    faults.forEach((fault, count) -> out.printf("  %-34s %5d%n", fault, count));
    out.printf("%nmeanwhile%n");
    figures.forEach((name, value) -> out.printf("  %-34s %5d%n", name, value));
    out.printf("%nafterwards%n");
    for (Check check : checks) {
      out.printf("  %-4s %s (%s)%n", check.held() ? "ok" : "NOT", check.promise(), check.detail());
    }
    long broken = checks.stream().filter(check -> !check.held()).count();
    out.printf("%n%d promises held, %d did not%n", checks.size() - broken, broken);
  }

  /** As values for machines. */
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("seed", seed);
    values.put("seconds", seconds);
    values.put("faults", faults);
    values.put("figures", figures);
    List<Map<String, Object>> held = new ArrayList<>();
    for (Check check : checks) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("promise", check.promise());
      row.put("held", check.held());
      row.put("detail", check.detail());
      held.add(row);
    }
    values.put("checks", held);
    values.put("passed", passed());
    return values;
  }
}
