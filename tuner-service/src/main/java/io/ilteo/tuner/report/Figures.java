package io.ilteo.tuner.report;

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
        ? wording.say("seconds", number(Math.rint(seconds * 10) / 10))
        : seconds < 5400
            ? wording.say("minutes", number(Math.rint(seconds / 6) / 10))
            : wording.say("hours", number(Math.rint(seconds / 360) / 10));
  }
}
