package io.ilteo.tuner.persistence;

import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.tuner.application.Measurement;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.TrialQueue;
import io.ilteo.tuner.domain.space.Domain;
import io.ilteo.tuner.domain.space.ParameterSpec;
import io.ilteo.tuner.domain.space.ParameterValue;
import io.ilteo.tuner.domain.space.SearchSpace;
import io.ilteo.tuner.domain.study.AttemptId;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.StudyState;
import io.ilteo.tuner.domain.study.Tags;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

class FakeTrialQueueTest extends TrialQueueContract {
  private final FakeTrialQueue fake = new FakeTrialQueue(study());

  private static Study study() {
    SearchSpace space =
        new SearchSpace(
            List.of(
                ParameterSpec.of(
                    "x", new Domain.ConstantDomain(new ParameterValue.IntegerValue(1)))),
            List.of());
    return new Study(
        new StudyId(1),
        "fake",
        StudyState.RUNNING,
        "",
        "",
        Tags.NONE,
        StudySpec.getDefaultInstance(),
        space,
        1,
        List.of(),
        new Study.Progress(0, 0, 0, 0, 0, 0, 0, 0, 0, OptionalInt.empty(), OptionalDouble.empty()),
        List.of(),
        Optional.empty(),
        1,
        Instant.EPOCH,
        Optional.empty(),
        Optional.empty());
  }

  @Override
  StudyId study(int budget, int parallelism, int maxAttempts) {
    return fake.study(budget, parallelism, maxAttempts);
  }

  @Override
  TrialQueue queue() {
    return fake;
  }

  @Override
  void expire(AttemptId attempt) {
    fake.expire(attempt);
  }

  @Override
  void endBackOff() {
    // The fake has no back-off.
  }

  @Override
  List<Measurement> measurements(AttemptId attempt) {
    return fake.measurements(attempt.trial());
  }
}
