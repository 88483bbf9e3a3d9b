package io.ilteo.tuner.application;

import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.tuner.domain.space.SearchSpace;
import io.ilteo.tuner.domain.study.Objective;
import io.ilteo.tuner.domain.study.Tags;
import java.util.List;
import java.util.Optional;

/** A study to be created: checked, and with every default filled in. */
public record NewStudy(
    String displayName,
    StudySpec spec,
    SearchSpace space,
    List<Objective> objectives,
    Tags tags,
    Optional<String> requestId) {
  public NewStudy {
    objectives = List.copyOf(objectives);
  }
}
