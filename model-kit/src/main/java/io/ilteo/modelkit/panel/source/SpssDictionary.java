package io.ilteo.modelkit.panel.source;

import java.util.List;
import java.util.Map;

/**
 * What an SPSS system file says of itself.
 *
 * @param cases number of cases, or −1 where the file does not say
 * @param compressed whether cases are bytecode
 * @param bias subtracted from a bytecode to give its number
 * @param dataAt first byte of the cases
 * @param elements 8-byte elements of a case
 */
record SpssDictionary(
    long cases,
    boolean compressed,
    double bias,
    long dataAt,
    int elements,
    List<Variable> variables) {
  /**
   * A variable.
   *
   * @param element its first element in a case
   * @param width bytes of a text, 0 for a number
   * @param missing user-missing values: single values
   * @param missingLow user-missing range, NaN for none
   */
  record Variable(
      String name,
      String label,
      int element,
      int width,
      Map<Double, String> labels,
      List<Double> missing,
      double missingLow,
      double missingHigh) {
    boolean isMissing(double value) {
      return missing.contains(value) || (value >= missingLow && value <= missingHigh);
    }
  }
}
