package io.ilteo.cli.run;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
 * @param parallel networks trained at a time, over both studies
 * @param maxEpochs epochs a trial at most; 0 leaves it to the service
 */
public record RunPlan(
    Optional<Path> panel,
    String mapping,
    int persons,
    int trials,
    long seed,
    int parallel,
    int maxEpochs) {

  /** The same plan has the same key, so an interrupted run is found again. */
  public String key() {
    return UUID.nameUUIDFromBytes(toString().getBytes(StandardCharsets.UTF_8))
        .toString()
        .substring(0, 8);
  }
}
