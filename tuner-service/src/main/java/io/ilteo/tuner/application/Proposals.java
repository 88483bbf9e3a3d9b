package io.ilteo.tuner.application;

import io.ilteo.proto.tuner.v1.DuplicatePolicy;
import io.ilteo.servicekit.collection.RecentlyUsed;
import io.ilteo.tuner.domain.sampler.FinishedTrial;
import io.ilteo.tuner.domain.sampler.History;
import io.ilteo.tuner.domain.sampler.Sampler;
import io.ilteo.tuner.domain.sampler.Samplers;
import io.ilteo.tuner.domain.sampler.TrialRandom;
import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.study.StudyId;
import java.util.List;
import java.util.Map;

/** Asks the study's sampler for the configuration of its next trial. */
public final class Proposals implements TrialQueue.Proposer {
  /** Under DUPLICATE_POLICY_SKIP, so often is drawn again before a duplicate is accepted. */
  private static final int MAX_REDRAWS = 20;

  private static final int MAX_SAMPLERS = 64;

  private final Map<Key, Sampler> samplers = new RecentlyUsed<>(MAX_SAMPLERS);

  @Override
  public Configuration propose(
      Study study, int number, List<FinishedTrial> finished, List<Configuration> pending) {
    Sampler sampler = sampler(study);
    History history = new History(finished, pending);
    long seed = study.spec().getSeed();
    Configuration first = sampler.suggest(study.space(), seed, number, history);
    if (study.spec().getDuplicatePolicy() != DuplicatePolicy.DUPLICATE_POLICY_SKIP) {
      return first;
    }
    Configuration drawn = first;
    for (int draw = 1; draw <= MAX_REDRAWS && history.hasTried(drawn); draw++) {
      drawn =
          sampler.suggest(study.space(), TrialRandom.trainingSeed(seed, -draw), number, history);
    }
    return drawn;
  }

  /** The study's sampler, kept for what it remembers; what it proposes is the same without. */
  private Sampler sampler(Study study) {
    Key key =
        new Key(
            study.id(),
            study.spec().getSampler().getName(),
            Map.copyOf(study.spec().getSampler().getSettingsMap()));
    synchronized (samplers) {
      return samplers.computeIfAbsent(key, k -> Samplers.named(k.name(), k.settings()));
    }
  }

  private record Key(StudyId study, String name, Map<String, Double> settings) {}
}
