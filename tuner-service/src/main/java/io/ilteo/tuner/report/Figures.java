package io.ilteo.tuner.report;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class Figures {
  private Figures() {}

  /** Four significant digits, no exponent between 0.001 and 10 million. */
  static String number(double value) {
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < 1e7) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    if (size >= 1e7 || size < 1e-3) {
      return String.format(Locale.ROOT, "%.3e", value);
    }
    int digits = Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** A number that a person chose, such as the end of a range, without the zeros nobody typed. */
  static String exact(double value) {
    BigDecimal digits = BigDecimal.valueOf(value).stripTrailingZeros();
    return Math.abs(value) >= 1e9 || digits.scale() > 7
        ? digits.toString()
        : digits.toPlainString();
  }

  /** A value with its interval, if one was computed (both ends 0 where not). */
  static String interval(double value, double lower, double upper) {
    return lower == 0 && upper == 0
        ? number(value)
        : number(value) + " [" + number(lower) + ", " + number(upper) + "]";
  }

  /** A span of time in the unit that suits it. */
  static String span(Duration span, Wording wording) {
    double seconds = span.toMillis() / 1000.0;
    return seconds < 90
        ? wording.say("seconds", tenths(seconds))
        : seconds < 5400
            ? wording.say("minutes", tenths(seconds / 60))
            : wording.say("hours", tenths(seconds / 3600));
  }

  private static String tenths(double value) {
    return exact(Math.rint(value * 10) / 10);
  }
}
