package io.ilteo.modelkit.panel.summary;

import java.util.List;

/**
 * The targets in one year.
 *
 * @param wageCount rows with a wage
 * @param wageMean NaN without wages
 * @param wageMedian NaN without wages
 * @param satisfactionShares shares of the three classes, least satisfied first; empty where nobody
 *     answered
 */
public record YearSummary(
    int year,
    long personYears,
    long wageCount,
    double wageMean,
    double wageMedian,
    List<Double> satisfactionShares) {
  public YearSummary {
    satisfactionShares = List.copyOf(satisfactionShares);
  }
}
