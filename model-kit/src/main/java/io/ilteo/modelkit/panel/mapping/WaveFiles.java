package io.ilteo.modelkit.panel.mapping;

import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The layout of a survey that comes as one file a wave.
 *
 * @param pattern regular expression of file names with the groups {@code wave} and {@code kind}
 * @param yearOffset added to the wave to give the year
 * @param person kind of the files that hold one row a person
 * @param joined other kinds, each joined by the column named: {@code __} stands for the wave's
 *     digits
 */
public record WaveFiles(String pattern, int yearOffset, String person, List<Join> joined) {
  public WaveFiles {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new InvalidArgument("`waves.pattern`: " + e.getDescription() + ".");
    }
    if (!pattern.contains("(?<wave>") || !pattern.contains("(?<kind>")) {
      throw new InvalidArgument("`waves.pattern` needs the groups (?<wave>…) and (?<kind>…).");
    }
    joined = joined == null ? List.of() : List.copyOf(joined);
  }

  /** One kind of file joined to the person file by a column that both have. */
  public record Join(String kind, String by) {}
}
