package io.ilteo.wage.bench;

import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.ilteo.proto.model.v1.MetricValue;
import io.ilteo.proto.tuner.v1.AskTrialRequest;
import io.ilteo.proto.tuner.v1.AskTrialResponse;
import io.ilteo.proto.tuner.v1.CreateStudyRequest;
import io.ilteo.proto.tuner.v1.Measurement;
import io.ilteo.proto.tuner.v1.ReportMeasurementsRequest;
import io.ilteo.proto.tuner.v1.StudyServiceGrpc;
import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.proto.tuner.v1.TellTrialRequest;
import io.ilteo.proto.tuner.v1.Trial;
import io.ilteo.proto.tuner.v1.TrialServiceGrpc;
import java.util.concurrent.locks.LockSupport;

/**
 * A study whose trials this process trains itself: asked for, reported epoch by epoch, and told.
 */
final class OutsideStudy {
  private static final String WORKER = "origin-study";
  private static final com.google.protobuf.Duration LEASE =
      com.google.protobuf.Duration.newBuilder().setSeconds(1_800).build();

  /** What a trial says of itself while it learns. */
  @FunctionalInterface
  interface Epochs {
    /**
     * Reports an epoch's loss.
     *
     * @return whether the trial should go on
     */
    boolean report(int epoch, double loss);
  }

  /** Trains a trial. */
  @FunctionalInterface
  interface Learner {
    /**
     * Trains until it has learned enough, or is told not to go on.
     *
     * @return the loss to tell
     */
    double learn(Trial trial, Epochs epochs);
  }

  private final TrialServiceGrpc.TrialServiceBlockingStub trials;
  private final String name;
  private final String metric;

  private OutsideStudy(Channel tuner, String name, String metric) {
    this.trials = TrialServiceGrpc.newBlockingStub(tuner);
    this.name = name;
    this.metric = metric;
  }

  /** Creates and starts a study of one objective. */
  static OutsideStudy create(Channel tuner, StudySpec spec) {
    String name =
        StudyServiceGrpc.newBlockingStub(tuner)
            .createStudy(
                CreateStudyRequest.newBuilder()
                    .setDisplayName("origin study")
                    .setSpec(spec)
                    .setStart(true)
                    .build())
            .getStudy()
            .getName();
    return new OutsideStudy(tuner, name, spec.getObjectives(0).getMetric());
  }

  /** Trains trials, one after the other, until the study has ended. */
  void work(Learner learner) {
    AskTrialRequest ask =
        AskTrialRequest.newBuilder().setStudy(name).setWorker(WORKER).setLease(LEASE).build();
    while (true) {
      AskTrialResponse asked;
      try {
        asked = trials.askTrial(ask);
      } catch (StatusRuntimeException refused) {
        if (refused.getStatus().getCode() == Status.Code.FAILED_PRECONDITION) {
          return;
        }
        if (refused.getStatus().getCode() != Status.Code.RESOURCE_EXHAUSTED) {
          throw refused;
        }
        LockSupport.parkNanos(50_000_000);
        continue;
      }
      run(asked, learner);
    }
  }

  private void run(AskTrialResponse asked, Learner learner) {
    boolean[] stopped = new boolean[1];
    double loss =
        learner.learn(
            asked.getTrial(),
            (epoch, value) -> {
              stopped[0] =
                  trials
                      .reportMeasurements(
                          ReportMeasurementsRequest.newBuilder()
                              .setAttempt(asked.getAttempt())
                              .setToken(asked.getToken())
                              .addMeasurements(
                                  Measurement.newBuilder().setStep(epoch).addMetrics(metric(value)))
                              .build())
                      .getShouldStop();
              return !stopped[0];
            });
    TellTrialRequest.Builder told =
        TellTrialRequest.newBuilder().setAttempt(asked.getAttempt()).setToken(asked.getToken());
    if (stopped[0]) {
      told.setPruned(TellTrialRequest.Pruned.getDefaultInstance());
    } else {
      told.setCompleted(TellTrialRequest.Completed.newBuilder().addMetrics(metric(loss)));
    }
    trials.tellTrial(told.build());
  }

  private MetricValue metric(double value) {
    return MetricValue.newBuilder().setName(metric).setValue(value).build();
  }
}
