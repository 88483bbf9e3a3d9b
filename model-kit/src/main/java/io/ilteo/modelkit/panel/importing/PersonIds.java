package io.ilteo.modelkit.panel.importing;

import java.util.Comparator;

/** Order of person ids: numbers by value, then texts by code point. */
final class PersonIds {
  private static final int MAX_DIGITS = 18;

  static final Comparator<String> ORDER = PersonIds::compare;

  private PersonIds() {}

  private static int compare(String a, String b) {
    long first = number(a);
    long second = number(b);
    if (first >= 0 && second >= 0 && first != second) {
      return Long.compare(first, second);
    }
    if ((first >= 0) != (second >= 0)) {
      return first >= 0 ? -1 : 1;
    }
    return a.compareTo(b);
  }

  /** The id as a non-negative whole number, or −1. */
  private static long number(String id) {
    if (id.isEmpty() || id.length() > MAX_DIGITS) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < id.length(); i++) {
      int digit = id.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
