package io.ilteo.tuner.application;

import io.ilteo.tuner.domain.sampler.FinishedTrial;
import io.ilteo.tuner.domain.sampler.History;
import io.ilteo.tuner.domain.sampler.Samplers;
import io.ilteo.tuner.domain.space.Configuration;
import java.util.List;

/** Asks the study's sampler for the configuration of its next trial. */
public final class Proposals implements TrialQueue.Proposer {
  @Override
  public Configuration propose(
      Study study, int number, List<FinishedTrial> finished, List<Configuration> running) {
    return Samplers.named(
            study.spec().getSampler().getName(), study.spec().getSampler().getSettingsMap())
        .suggest(study.space(), study.spec().getSeed(), number, new History(finished, running));
  }
}
