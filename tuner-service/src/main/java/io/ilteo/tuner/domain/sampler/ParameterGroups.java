package io.ilteo.tuner.domain.sampler;

import io.ilteo.tuner.domain.space.Condition;
import io.ilteo.tuner.domain.space.ParameterSpec;
import io.ilteo.tuner.domain.space.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parameters that exist together: those under the same condition. A parent's group always comes
 * before its children's. Parameters with a single value belong to none.
 */
final class ParameterGroups {
  private ParameterGroups() {}

  /** Indexes into {@code space.parameters()}, group by group; the first holds the unconditional. */
  static List<int[]> of(SearchSpace space) {
    Map<Optional<Condition>, List<Integer>> groups = new LinkedHashMap<>();
    groups.put(Optional.empty(), new ArrayList<>());
    for (int p = 0; p < space.parameters().size(); p++) {
      ParameterSpec spec = space.parameters().get(p);
      if (spec.domain().cardinality() > 1) {
        groups.computeIfAbsent(spec.condition(), condition -> new ArrayList<>()).add(p);
      }
    }
    return groups.values().stream()
        .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }
}
