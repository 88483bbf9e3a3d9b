package io.ilteo.modelkit.training;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.feature.FittedInputs;
import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.fold.TargetSelection;
import io.ilteo.proto.model.v1.Task;
import java.util.List;

/**
 * What a model service predicts: the one thing that services differ in. Everything else (panels,
 * training, hosting) they share.
 */
public interface ModelTask {
  /**
   * What the task offers; {@code code_version} and {@code training_capacity} are filled in later.
   */
  Task description();

  /**
   * Which targets of a panel count.
   *
   * @param classes of a class target; 0 where the target is a number
   */
  TargetSelection targets(Panel panel, int classes);

  /** The problem of learning {@code architecture} with {@code parameters} on {@code data}. */
  LearningProblem problem(PreparedData data, String architecture, Hyperparameters parameters);

  /** Fits every baseline on the training fold, stopping on the validation fold where it can. */
  Baselines baselines(PreparedData data);

  /** Fitted baselines; may hold native memory until closed. */
  interface Baselines extends AutoCloseable {
    /** What each predicts for {@code scored}. */
    List<Baseline> score(Sequences scored);

    @Override
    default void close() {}
  }

  /** Name of the column that a history must have: the past of what is predicted. */
  String targetColumn();

  /** Coverage of intervals or sets where a request names none. */
  double defaultCoverage();

  /** How outputs of a version are read that was saved with these inputs and attachments. */
  Readout readout(FittedInputs inputs, Attachments attachments);

  /** What one baseline predicts; every baseline and model of a task has the same rows. */
  record Baseline(String name, Scored scored) {}
}
