package io.ilteo.modelkit.recurrent.dl4j;

import io.ilteo.modelkit.recurrent.kernel.Parameters;
import io.ilteo.modelkit.recurrent.kernel.PositionStage;
import io.ilteo.modelkit.recurrent.kernel.Stage;
import io.ilteo.modelkit.recurrent.kernel.TransformerBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * A transformer's encoder block: multi-head self-attention and a feed-forward part (Vaswani et al.
 * 2017, normalising first), [B, N, T] to the same.
 */
public final class SelfAttentionBlock extends StageConfiguration {
  private static final long serialVersionUID = 1L;

  private int heads = 1;
  private int feedForward = 1;
  private boolean positions;

  /** For deserialisation. */
  public SelfAttentionBlock() {}

  /**
   * A block.
   *
   * @param width N, a multiple of {@code heads}
   * @param feedForward hidden units of the feed-forward part
   * @param positions whether positions are encoded first: true for the first block
   */
  public SelfAttentionBlock(String name, int width, int heads, int feedForward, boolean positions) {
    super(name, width, width);
    this.heads = heads;
    this.feedForward = feedForward;
    this.positions = positions;
  }

  /** Attention heads. */
  public int getHeads() {
    return heads;
  }

  /** For deserialisation. */
  public void setHeads(int heads) {
    this.heads = heads;
  }

  /** Hidden units of the feed-forward part. */
  public int getFeedForward() {
    return feedForward;
  }

  /** For deserialisation. */
  public void setFeedForward(int feedForward) {
    this.feedForward = feedForward;
  }

  /** Whether positions are encoded first. */
  public boolean isPositions() {
    return positions;
  }

  /** For deserialisation. */
  public void setPositions(boolean positions) {
    this.positions = positions;
  }

  @Override
  List<Stage> stages(Parameters parameters) {
    List<Stage> stages = new ArrayList<>();
    if (positions) {
      stages.add(new PositionStage(inputs()));
    }
    stages.add(new TransformerBlock("block", parameters, inputs(), heads, feedForward, 0, 1));
    return stages;
  }

  @Override
  boolean pools() {
    return false;
  }
}
