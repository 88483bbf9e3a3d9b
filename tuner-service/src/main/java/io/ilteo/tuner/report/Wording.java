package io.ilteo.tuner.report;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The sentences of a report in one language; figures arrive as text and are not reformatted. */
final class Wording {
  private final Locale locale;
  private final ResourceBundle bundle;

  Wording(Locale locale) {
    this.locale = locale;
    this.bundle =
        ResourceBundle.getBundle(
            "report/wording",
            locale,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  String language() {
    return locale.getLanguage();
  }

  /** A service's own word, such as a class label or a unit, in this language where it is known. */
  String term(String kind, String word) {
    String key = kind + "." + word.replace(' ', '_');
    return bundle.containsKey(key) ? bundle.getString(key) : word;
  }

  /** A name with the unit behind it, if there is one. */
  String measured(String name, String unit) {
    return unit.isEmpty() ? name : name + " (" + term("unit", unit) + ")";
  }

  String say(String key, Object... values) {
    return new MessageFormat(bundle.getString(key), locale)
        .format(java.util.Arrays.stream(values).map(String::valueOf).toArray());
  }
}
