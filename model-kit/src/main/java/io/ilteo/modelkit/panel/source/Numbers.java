package io.ilteo.modelkit.panel.source;

/** Numbers as survey files write them. */
final class Numbers {
  private static final int MAX_PLAIN_DIGITS = 15;

  private Numbers() {}

  /**
   * Whether {@code text} is the form of a decimal number, with sign, point and exponent allowed.
   */
  static boolean isNumber(String text) {
    return !text.isEmpty() && !Double.isNaN(parse(text));
  }

  /** The number that {@code text} writes, or NaN where it writes none. */
  static double parse(String text) {
    int length = text.length();
    int at = 0;
    boolean negative = false;
    if (length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+')) {
      negative = text.charAt(0) == '-';
      at = 1;
    }
    if (length - at < 1 || length - at > MAX_PLAIN_DIGITS) {
      return general(text);
    }
    long value = 0;
    for (int i = at; i < length; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return general(text);
      }
      value = value * 10 + digit;
    }
    return negative ? -(double) value : value;
  }

  private static double general(String text) {
    // An exception for each blank cell would cost more than all the parsing.
    if (text.isEmpty() || text.equals(".")) {
      return Double.NaN;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean allowed =
          (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
      if (!allowed) {
        return Double.NaN;
      }
    }
    try {
      double value = Double.parseDouble(text);
      return Double.isInfinite(value) ? Double.NaN : value;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Writes a number the shortest way; whole numbers without a point. */
  static String format(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    long whole = (long) value;
    return whole == value && Math.abs(value) < 1e15 ? Long.toString(whole) : Double.toString(value);
  }
}
