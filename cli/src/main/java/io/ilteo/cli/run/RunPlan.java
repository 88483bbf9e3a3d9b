package io.ilteo.cli.run;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What one run is to do.
 *
 * @param panel the user's file or folder; empty for a synthetic panel
 * @param mapping shipped mapping or YAML file
 * @param persons size of the synthetic panel
 * @param trials budget of each study
 * @param seed seeds the synthetic panel, the folds and the searches
 * @param parallel networks trained at a time, over all studies
 * @param maxEpochs epochs a trial at most; 0 leaves it to the service
 * @param joint whether the origin report's joint models are told of too
 */
public record RunPlan(
    Optional<Path> panel,
    String mapping,
    int persons,
    int trials,
    long seed,
    int parallel,
    int maxEpochs,
    boolean joint) {

  private static final int SEARCH = 10;

  /** The models to be found, the origin report's first. */
  List<Chapter> chapters() {
    List<Chapter> chapters = new ArrayList<>(joint ? Chapter.JOINT : List.of());
    chapters.addAll(Chapter.SPLIT);
    return chapters;
  }

  /** Fresh seeds that a winner is confirmed on: fewer where the search was only a try. */
  int confirmationSeeds() {
    return trials < SEARCH ? 2 : 3;
  }

  /** The same plan has the same key, so an interrupted run is found again. */
  public String key() {
    return UUID.nameUUIDFromBytes(toString().getBytes(StandardCharsets.UTF_8))
        .toString()
        .substring(0, 8);
  }
}
