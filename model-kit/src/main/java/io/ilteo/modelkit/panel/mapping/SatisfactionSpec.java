package io.ilteo.modelkit.panel.mapping;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The satisfaction target.
 *
 * @param source source columns, first present wins
 * @param missing codes that mean "missing"
 * @param scale all codes, the least satisfied first, whichever way the survey counts
 * @param classes foldings by number of classes (3, 5): codes of each class, the least satisfied
 *     class first
 * @param population rows whose satisfaction is predicted, by default
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SatisfactionSpec(
    List<String> source,
    List<Double> missing,
    List<Double> scale,
    Map<Integer, List<List<Double>>> classes,
    @Nullable String population) {
  public SatisfactionSpec {
    source = source == null ? List.of() : List.copyOf(source);
    missing = missing == null ? List.of() : List.copyOf(missing);
    if (source.isEmpty() || scale == null || scale.size() < 2 || classes == null) {
      throw new InvalidArgument(
          "`satisfaction` needs `source`, `scale` (codes, least satisfied first) and `classes`.");
    }
    scale = List.copyOf(scale);
    classes = new TreeMap<>(classes);
    population = population == null ? Mapping.ALL : population;
    for (Map.Entry<Integer, List<List<Double>>> folding : classes.entrySet()) {
      requireOrderedPartition(folding.getKey(), folding.getValue(), scale);
    }
    if (!classes.containsKey(3)) {
      throw new InvalidArgument("`satisfaction.classes` needs a folding into 3 classes.");
    }
  }

  private static void requireOrderedPartition(
      int count, List<List<Double>> codes, List<Double> scale) {
    List<Double> flat = codes.stream().flatMap(List::stream).toList();
    Set<Double> distinct = new HashSet<>(flat);
    if (codes.size() != count || distinct.size() != flat.size() || !flat.equals(scale)) {
      throw new InvalidArgument(
          "`satisfaction.classes.%d` is %s: expected %d lists that hold the codes of `scale` %s in its order."
              .formatted(count, codes, count, scale));
    }
  }

  /** Position of a code on the scale, 0 = least satisfied; NaN for a code that is not on it. */
  public float level(float code) {
    for (int i = 0; i < scale.size(); i++) {
      if (scale.get(i).floatValue() == code) {
        return i;
      }
    }
    return Float.NaN;
  }

  /** Codes of each of {@code count} classes; refused where the mapping has no such folding. */
  public List<List<Double>> requireFolding(int count) {
    List<List<Double>> folding = classes.get(count);
    if (folding == null) {
      throw new InvalidArgument(
          "%d satisfaction classes: the mapping folds into %s.".formatted(count, classes.keySet()));
    }
    return folding;
  }

  /**
   * Class of a code in the folding into {@code count} classes, 0 = least satisfied; −1 for NaN or a
   * code that is not on the scale.
   */
  public int classOf(float code, int count) {
    List<List<Double>> folding = requireFolding(count);
    for (int i = 0; i < count; i++) {
      for (double member : folding.get(i)) {
        if ((float) member == code) {
          return i;
        }
      }
    }
    return -1;
  }
}
