package io.ilteo.tuner.domain.study;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Identity of a study; its name is {@code studies/{id}}. */
public record StudyId(long value) {
  private static final Pattern NAME = Pattern.compile("studies/([1-9][0-9]{0,17})");

  /** Reads {@code studies/7}. */
  public static StudyId parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("study \"" + name + "\"; a name like studies/7");
    }
    return new StudyId(Long.parseLong(matcher.group(1)));
  }

  /** The resource name. */
  public String name() {
    return "studies/" + value;
  }
}
