package io.ilteo.tuner.domain.sampler;

import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.space.SearchSpace;

/**
 * Chooses the next configuration.
 *
 * <p>A pure function of its arguments: the same space, seed, number and history always give the
 * same configuration, whoever asks and whatever was asked before. An implementation may keep what
 * it computed, but only as a cache of that function.
 */
public interface Sampler {
  /** The configuration of trial {@code number} (1, 2, …) of a study with {@code seed}. */
  Configuration suggest(SearchSpace space, long seed, int number, History history);
}
