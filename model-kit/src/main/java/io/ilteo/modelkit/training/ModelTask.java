package io.ilteo.modelkit.training;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.fold.TargetSelection;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.proto.model.v1.Task;
import java.util.List;
import java.util.Map;

/**
 * What a model service predicts: the one thing that services differ in. Everything else (panels,
 * training, hosting) they share.
 */
public interface ModelTask {
  /**
   * What the task offers; {@code code_version} and {@code training_capacity} are filled in later.
   */
  Task description();

  /** Which targets of a panel count. */
  TargetSelection targets(Mapping mapping);

  /** The problem of learning {@code architecture} with {@code parameters} on {@code data}. */
  LearningProblem problem(PreparedData data, String architecture, Hyperparameters parameters);

  /** Metrics of each baseline on {@code scored}, baselines fitted on the training fold. */
  List<BaselineScore> baselines(PreparedData data, Sequences scored);

  /** Figures of one baseline. */
  record BaselineScore(String name, Map<String, Double> metrics) {
    public BaselineScore {
      metrics = Map.copyOf(metrics);
    }
  }
}
