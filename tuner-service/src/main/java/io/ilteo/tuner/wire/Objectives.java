package io.ilteo.tuner.wire;

import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.tuner.domain.study.Direction;
import io.ilteo.tuner.domain.study.Objective;
import java.util.List;
import java.util.OptionalDouble;

/** Objectives between the contracts and the domain. */
public final class Objectives {
  private Objectives() {}

  /**
   * Reads objectives.
   *
   * @throws InvalidArgument if a metric or direction is missing
   */
  public static List<Objective> read(List<io.ilteo.proto.tuner.v1.Objective> objectives) {
    return objectives.stream().map(Objectives::read).toList();
  }

  private static Objective read(io.ilteo.proto.tuner.v1.Objective objective) {
    Direction direction =
        switch (objective.getDirection()) {
          case DIRECTION_MINIMIZE -> Direction.MINIMIZE;
          case DIRECTION_MAXIMIZE -> Direction.MAXIMIZE;
          case DIRECTION_UNSPECIFIED, UNRECOGNIZED ->
              throw new InvalidArgument(
                  "objectives: the direction of "
                      + objective.getMetric()
                      + " is missing; minimize or maximize");
        };
    try {
      return new Objective(
          objective.getMetric(),
          direction,
          objective.hasGoal() ? OptionalDouble.of(objective.getGoal()) : OptionalDouble.empty());
    } catch (IllegalArgumentException wrong) {
      throw new InvalidArgument("objectives: " + wrong.getMessage());
    }
  }
}
