package io.ilteo.tuner.domain.study;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A person's own marks on a study, by which studies are found again.
 *
 * @param names sorted, each once; at most {@value #MOST}
 */
public record Tags(List<String> names) {
  private static final int MOST = 16;
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._-]{1,32}");

  /** No marks. */
  public static final Tags NONE = new Tags(List.of());

  public Tags {
    names = List.copyOf(new TreeSet<>(names));
    if (names.size() > MOST) {
      throw new IllegalArgumentException("tags: " + names.size() + " of them; at most " + MOST);
    }
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "tags: \"" + name + "\"; 1 to 32 letters, digits, '-', '_' or '.'");
      }
    }
  }

  /** The same marks, given in any order. */
  public static Tags of(Collection<String> names) {
    return new Tags(List.copyOf(names));
  }
}
