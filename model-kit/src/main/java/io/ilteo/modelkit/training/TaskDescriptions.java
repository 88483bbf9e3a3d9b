package io.ilteo.modelkit.training;

import io.ilteo.modelkit.panel.feature.FeatureSet;
import io.ilteo.proto.model.v1.Direction;
import io.ilteo.proto.model.v1.MetricSpec;
import io.ilteo.proto.model.v1.Task;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.util.List;

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

  /**
   * Classes of the target where {@code wanted} are asked for, 0 for the default.
   *
   * @return 0 where the target is a number
   * @throws InvalidArgument for a number of classes that the task does not offer
   */
  public static int targetClasses(Task task, int wanted) {
    List<Integer> offered = task.getTargetClassesList();
    if (wanted == 0) {
      return offered.isEmpty() ? 0 : offered.getFirst();
    }
    if (!offered.contains(wanted)) {
      throw new InvalidArgument(
          "data.target_classes is %d; %s"
              .formatted(
                  wanted,
                  offered.isEmpty()
                      ? "the %s is a number: leave it out".formatted(task.getName())
                      : "one of " + offered));
    }
    return wanted;
  }

  /**
   * The task's metric {@code name}, its primary one where that is empty.
   *
   * @param field what to name where it is unknown
   * @throws InvalidArgument for an unknown one
   */
  public static MetricSpec metric(Task task, String field, String name) {
    String wanted = name.isEmpty() ? task.getPrimaryMetric() : name;
    return task.getMetricsList().stream()
        .filter(metric -> metric.getName().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidArgument(
                    "%s \"%s\" is unknown; there are %s"
                        .formatted(
                            field,
                            wanted,
                            task.getMetricsList().stream()
                                .map(MetricSpec::getName)
                                .sorted()
                                .toList())));
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
