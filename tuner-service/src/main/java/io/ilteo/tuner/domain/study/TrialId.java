package io.ilteo.tuner.domain.study;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Identity of a trial; its name is {@code studies/{id}/trials/{number}}. */
public record TrialId(StudyId study, int number) {
  private static final Pattern NAME =
      Pattern.compile("(studies/[1-9][0-9]{0,17})/trials/([1-9][0-9]{0,8})");

  /** Reads {@code studies/7/trials/3}. */
  public static TrialId parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("trial \"" + name + "\"; a name like studies/7/trials/3");
    }
    return new TrialId(StudyId.parse(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** The resource name. */
  public String name() {
    return study.name() + "/trials/" + number;
  }
}
