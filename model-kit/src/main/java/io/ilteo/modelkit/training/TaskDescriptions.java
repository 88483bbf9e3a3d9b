package io.ilteo.modelkit.training;

import io.ilteo.modelkit.panel.feature.FeatureSet;
import io.ilteo.proto.model.v1.Direction;
import io.ilteo.proto.model.v1.MetricSpec;
import io.ilteo.proto.model.v1.Task;

/** Parts of a task's description, in the words of the contract. */
public final class TaskDescriptions {
  private TaskDescriptions() {}

  /** Adds every feature set; {@link FeatureSet#PANEL_V1} is the default. */
  public static void addFeatureSets(Task.Builder task) {
    for (FeatureSet set : FeatureSet.values()) {
      task.addFeatureSets(
          io.ilteo.proto.model.v1.FeatureSet.newBuilder()
              .setName(set.id())
              .setDescriptionEn(set.descriptionEn())
              .setDescriptionKo(set.descriptionKo())
              .setFeatureCount(set.nominalCount()));
    }
    task.setDefaultFeatureSet(FeatureSet.PANEL_V1.id());
  }

  /** A figure of which less is better. */
  public static MetricSpec lower(String name, String unit, String english, String korean) {
    return metric(name, Direction.DIRECTION_MINIMIZE, unit, english, korean);
  }

  /** A figure of which more is better. */
  public static MetricSpec higher(String name, String unit, String english, String korean) {
    return metric(name, Direction.DIRECTION_MAXIMIZE, unit, english, korean);
  }

  private static MetricSpec metric(
      String name, Direction direction, String unit, String english, String korean) {
    return MetricSpec.newBuilder()
        .setName(name)
        .setDirection(direction)
        .setUnit(unit)
        .setDescriptionEn(english)
        .setDescriptionKo(korean)
        .build();
  }
}
