package io.ilteo.tuner.domain.sampler;

import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.space.Domain;
import io.ilteo.tuner.domain.space.ParameterSpec;
import io.ilteo.tuner.domain.space.ParameterValue;
import io.ilteo.tuner.domain.space.SearchSpace;
import io.ilteo.tuner.domain.study.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Every admissible combination of grid values once, in an order shuffled by the study's seed, then
 * from the start again.
 *
 * <p>A parameter with at most {@code points} values shows all of them; others show {@code points}
 * values, evenly spaced on their scale, both ends included.
 */
final class GridSampler implements Sampler {
  private static final int MAX_CELLS = 200_000;

  private final int points;
  private @Nullable Grid last;

  private record Grid(SearchSpace space, long seed, List<Configuration> cells) {}

  GridSampler(Settings settings) {
    points = settings.integer("points", 10, 2, 1_000);
  }

  @Override
  public Configuration suggest(SearchSpace space, long seed, int number, History history) {
    List<Configuration> cells = grid(space, seed).cells;
    return cells.get(Math.floorMod(number - 1, cells.size()));
  }

  private synchronized Grid grid(SearchSpace space, long seed) {
    Grid known = last;
    if (known == null || known.seed != seed || !known.space.equals(space)) {
      SequencedSet<Configuration> cells = new LinkedHashSet<>();
      collect(space, 0, new HashMap<>(), cells);
      if (cells.isEmpty()) {
        throw new IllegalArgumentException(
            "no cell of the grid satisfies the constraints; loosen them or raise points");
      }
      List<Configuration> shuffled = new ArrayList<>(cells);
      Collections.shuffle(shuffled, Random.from(TrialRandom.of(seed, 0)));
      known = new Grid(space, seed, List.copyOf(shuffled));
      last = known;
    }
    return known;
  }

  private void collect(
      SearchSpace space,
      int index,
      Map<String, ParameterValue> values,
      SequencedSet<Configuration> cells) {
    if (index == space.parameters().size()) {
      Configuration cell = Configuration.of(values);
      if (space.admits(cell) && cells.add(cell) && cells.size() > MAX_CELLS) {
        throw new IllegalArgumentException(
            "the grid has more than %s cells; use fewer points, or sobol".formatted(MAX_CELLS));
      }
      return;
    }
    ParameterSpec spec = space.parameters().get(index);
    if (!SearchSpace.isActive(spec, values)) {
      collect(space, index + 1, values, cells);
      return;
    }
    for (ParameterValue value : values(spec.domain())) {
      values.put(spec.name(), value);
      collect(space, index + 1, values, cells);
    }
    values.remove(spec.name());
  }

  private SequencedSet<ParameterValue> values(Domain domain) {
    SequencedSet<ParameterValue> values = new LinkedHashSet<>();
    boolean all = domain.cardinality() <= points || domain instanceof Domain.CategoricalDomain;
    int count = all ? (int) domain.cardinality() : points;
    for (int i = 0; i < count; i++) {
      values.add(domain.fromUnit(all ? (i + 0.5) / count : i / (count - 1.0)));
    }
    return values;
  }
}
