package io.ilteo.tuner.application;

import io.ilteo.proto.model.v1.DataSpec;
import io.ilteo.proto.model.v1.EvaluateBaselinesResponse;
import io.ilteo.proto.model.v1.Evaluation;
import io.ilteo.proto.model.v1.ModelVersion;
import io.ilteo.proto.model.v1.Task;
import io.ilteo.proto.model.v1.TrainRequest;
import io.ilteo.proto.model.v1.TrainResponse;
import io.ilteo.tuner.domain.study.StudyId;
import java.util.List;
import java.util.Set;

/** Port: the model services that the tuner knows, by the name of their task. */
public interface ModelServices {
  /** Names of the configured tasks. */
  Set<String> tasks();

  /** Where the service of {@code task} is looked for. */
  String target(String task);

  /**
   * What the service offers.
   *
   * @throws io.ilteo.servicekit.error.DomainException.Unavailable if it does not answer
   */
  Task describe(String task);

  /**
   * Scores of the task's baselines on the validation fold, and the sizes of the folds; nothing from
   * a service without baselines.
   *
   * @throws io.ilteo.servicekit.error.DomainException.InvalidArgument if nothing can be trained on
   *     this data, e.g. because a fold would be empty
   * @throws io.ilteo.servicekit.error.DomainException.Unavailable if it does not answer
   */
  EvaluateBaselinesResponse baselines(String task, DataSpec data);

  /**
   * Trains, handing each event to {@code listener} until it returns false, which cancels training.
   *
   * @param cancellation ends the call from another thread
   * @return how the call ended
   */
  TrainingEnd train(
      String task, TrainRequest request, Listener listener, Cancellation cancellation);

  /** Makes candidates a model version; the same candidates get the same version. */
  String register(String task, List<String> candidates);

  /** Scores a model version on the test fold; the first call is put on record. */
  Evaluation evaluate(String task, String modelVersion, StudyId study);

  /** Versions that read the test fold on a study's behalf; none where no registry answers. */
  List<ModelVersion> evaluated(String task, StudyId study);

  /** Points an alias at a version. */
  void setAlias(String task, String alias, String modelVersion, String reason);

  /** Receives the events of one training. */
  @FunctionalInterface
  interface Listener {
    /** Takes an event; false ends the training. */
    boolean onEvent(TrainResponse event);
  }

  /** How a Train call ended. */
  sealed interface TrainingEnd {
    /** The stream ended by itself. */
    record Ended() implements TrainingEnd {}

    /** The listener ended it. */
    record Cancelled() implements TrainingEnd {}

    /** Every replica asked trains as many networks as it may. */
    record Busy(String reason) implements TrainingEnd {}

    /** The replica shuts down and says so, after its last checkpoint. */
    record GivenBack(String reason) implements TrainingEnd {}

    /** The replica vanished, or takes no more trainings. */
    record Gone(String reason) implements TrainingEnd {}

    /** The replica answers and fails: counted against the trial, not waited out. */
    record Broken(String reason) implements TrainingEnd {}

    /** The service refuses the request, and would refuse it again. */
    record Refused(String reason) implements TrainingEnd {}
  }
}
