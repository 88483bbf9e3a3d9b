package io.ilteo.tuner.domain.study;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Identity of an attempt; its name is {@code studies/{id}/trials/{number}/attempts/{n}}. */
public record AttemptId(TrialId trial, int number) {
  private static final Pattern NAME = Pattern.compile("(.+)/attempts/([1-9][0-9]{0,8})");

  /** Reads {@code studies/7/trials/3/attempts/1}. */
  public static AttemptId parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "attempt \"" + name + "\"; a name like studies/7/trials/3/attempts/1");
    }
    return new AttemptId(TrialId.parse(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** The resource name. */
  public String name() {
    return trial.name() + "/attempts/" + number;
  }
}
