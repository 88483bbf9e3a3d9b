package io.ilteo.modelkit.recurrent;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How the learning rate changes over the steps of a training. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Schedule.Constant.class, name = "constant"),
  @JsonSubTypes.Type(value = Schedule.WarmupCosine.class, name = "warmup_cosine")
})
public sealed interface Schedule {
  /** Factor on the learning rate of step {@code step}, the first of which is 1. */
  double factor(long step);

  /** Always the same. */
  record Constant() implements Schedule {
    @Override
    public double factor(long step) {
      return 1;
    }
  }

  /**
   * Rises linearly, then falls to 0 along half a cosine (Loshchilov and Hutter 2017).
   *
   * @param warmupSteps steps of rising
   * @param totalSteps steps until 0
   */
  record WarmupCosine(long warmupSteps, long totalSteps) implements Schedule {
    public WarmupCosine {
      if (warmupSteps < 0 || totalSteps <= warmupSteps) {
        throw new IllegalArgumentException(
            "%d steps of warm-up do not fit into %d".formatted(warmupSteps, totalSteps));
      }
    }

    @Override
    public double factor(long step) {
      if (step <= warmupSteps) {
        return (double) step / warmupSteps;
      }
      double done = Math.min(1, (double) (step - warmupSteps) / (totalSteps - warmupSteps));
      return (1 + StrictMath.cos(Math.PI * done)) / 2;
    }
  }
}
