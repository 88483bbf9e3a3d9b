package io.ilteo.modelkit.panel.store;

import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.servicekit.error.DomainException.NotFound;
import java.util.regex.Pattern;

/** Resource names of panels. */
final class PanelNames {
  private static final Pattern NAME = Pattern.compile("panels/([0-9a-f]{16,64})");

  private PanelNames() {}

  /** The digits in {@code name}, 16 to 64. */
  static String digits(String name) {
    var matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new InvalidArgument(
          "Panel name '%s': expected panels/ and at least 16 hexadecimal digits.".formatted(name));
    }
    return matcher.group(1);
  }

  static NotFound unknown(String name) {
    return new NotFound("There is no panel '%s'.".formatted(name));
  }

  static int requireLimit(int limit) {
    if (limit < 1 || limit > 1000) {
      throw new InvalidArgument("Page size %d: expected 1 to 1,000.".formatted(limit));
    }
    return limit;
  }
}
