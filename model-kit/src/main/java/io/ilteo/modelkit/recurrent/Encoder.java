package io.ilteo.modelkit.recurrent;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.ilteo.modelkit.recurrent.kernel.FirstWeights;
import java.util.List;
import java.util.Objects;

/** What turns a masked sequence into one state for the heads. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Encoder.Recurrent.class, name = "recurrent"),
  @JsonSubTypes.Type(value = Encoder.SelfAttention.class, name = "self_attention")
})
public sealed interface Encoder {
  /** How the sequence of states becomes one. */
  Pooling pooling();

  /** Values of that state. */
  int width();

  /**
   * Two layers of long short-term memory, or as many as {@code units} has, read at the last step.
   */
  static Recurrent lstm(List<Integer> units) {
    return new Recurrent(Cell.LSTM, units, false, 0, Pooling.LAST);
  }

  /**
   * Recurrent layers, one on the other.
   *
   * @param units units of each layer, the first layer first
   * @param layerNorm whether each layer's states are normalised (Ba et al. 2016)
   * @param recurrentDropout share of units dropped from the recurrence, the same at every step (Gal
   *     and Ghahramani 2016), [0, 1)
   * @param firstWeights how large weights begin; in files that do not say it, each gate's by
   *     themselves
   */
  record Recurrent(
      Cell cell,
      List<Integer> units,
      boolean layerNorm,
      double recurrentDropout,
      Pooling pooling,
      FirstWeights firstWeights)
      implements Encoder {
    @SuppressWarnings("NullAway") // A file's field may be missing.
    public Recurrent {
      firstWeights = Objects.requireNonNullElse(firstWeights, FirstWeights.EACH_GATE);
      units = List.copyOf(units);
      if (units.isEmpty() || units.stream().anyMatch(size -> size < 1)) {
        throw new IllegalArgumentException("units of at least one layer are needed, not " + units);
      }
    }

    /** The same with weights that begin at the scale of each gate. */
    public Recurrent(
        Cell cell,
        List<Integer> units,
        boolean layerNorm,
        double recurrentDropout,
        Pooling pooling) {
      this(cell, units, layerNorm, recurrentDropout, pooling, FirstWeights.EACH_GATE);
    }

    @Override
    public int width() {
      return units.getLast();
    }
  }

  /**
   * Encoder blocks of a transformer (Vaswani et al. 2017), normalising first.
   *
   * @param blocks number of blocks
   * @param width values of a step, a multiple of {@code heads}
   * @param heads attention heads
   * @param feedForward hidden units of a block's feed-forward part
   */
  record SelfAttention(int blocks, int width, int heads, int feedForward, Pooling pooling)
      implements Encoder {
    public SelfAttention {
      if (blocks < 1 || heads < 1 || feedForward < 1 || width < heads || width % heads != 0) {
        throw new IllegalArgumentException(
            "self-attention needs a block, and a width (%d) that its heads (%d) divide"
                .formatted(width, heads));
      }
    }
  }
}
