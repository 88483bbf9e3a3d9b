package io.ilteo.tuner.report;

import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.Trial;
import java.util.List;

/**
 * What a report needs to know of one study.
 *
 * @param ranked completed trials, best first; at least one
 * @param finished completed trials by number, for the history
 */
record StudyResult(Study study, List<Trial> ranked, List<Trial> finished) {
  StudyResult {
    ranked = List.copyOf(ranked);
    finished = List.copyOf(finished);
    if (ranked.isEmpty()) {
      throw new IllegalArgumentException(study.id().name() + " has no completed trial");
    }
  }

  Trial best() {
    return ranked.getFirst();
  }

  Trial first() {
    return finished.getFirst();
  }
}
