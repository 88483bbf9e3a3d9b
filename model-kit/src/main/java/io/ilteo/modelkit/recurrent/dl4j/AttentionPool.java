package io.ilteo.modelkit.recurrent.dl4j;

import io.ilteo.modelkit.recurrent.kernel.AttentionPooling;
import io.ilteo.modelkit.recurrent.kernel.Parameters;
import io.ilteo.modelkit.recurrent.kernel.Stage;
import java.util.List;

/** Additive attention over the observed steps of a sequence, [B, N, T] to [B, N]. */
public final class AttentionPool extends StageConfiguration {
  private static final long serialVersionUID = 1L;

  /** For deserialisation. */
  public AttentionPool() {}

  /** Pools steps of {@code width} values. */
  public AttentionPool(String name, int width) {
    super(name, width, width);
  }

  @Override
  List<Stage> stages(Parameters parameters) {
    return List.of(new AttentionPooling("pooling", parameters, inputs()));
  }

  @Override
  boolean pools() {
    return true;
  }
}
