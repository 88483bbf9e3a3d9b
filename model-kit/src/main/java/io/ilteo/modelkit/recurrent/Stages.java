package io.ilteo.modelkit.recurrent;

import io.ilteo.modelkit.recurrent.kernel.AttentionPooling;
import io.ilteo.modelkit.recurrent.kernel.DenseStage;
import io.ilteo.modelkit.recurrent.kernel.DropoutStage;
import io.ilteo.modelkit.recurrent.kernel.EmbeddingStage;
import io.ilteo.modelkit.recurrent.kernel.FirstWeights;
import io.ilteo.modelkit.recurrent.kernel.GruStage;
import io.ilteo.modelkit.recurrent.kernel.JoinStage;
import io.ilteo.modelkit.recurrent.kernel.LastStep;
import io.ilteo.modelkit.recurrent.kernel.LayerNormStage;
import io.ilteo.modelkit.recurrent.kernel.LstmStage;
import io.ilteo.modelkit.recurrent.kernel.Parameters;
import io.ilteo.modelkit.recurrent.kernel.Pass;
import io.ilteo.modelkit.recurrent.kernel.PositionStage;
import io.ilteo.modelkit.recurrent.kernel.RecurrentStage;
import io.ilteo.modelkit.recurrent.kernel.ResetBeforeGruStage;
import io.ilteo.modelkit.recurrent.kernel.Stage;
import io.ilteo.modelkit.recurrent.kernel.Sums;
import io.ilteo.modelkit.recurrent.kernel.TransformerBlock;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stages of one network, wired: embeddings, encoder, pooling, the last step beside it, heads.
 * Claims its parameters in that order.
 */
final class Stages {
  // Each stage that drops takes its own numbers.
  private static final int NUMBERS_A_LAYER = 2;

  private final @Nullable EmbeddingStage embeddings;
  private final List<Stage> encoder = new ArrayList<>();
  private final Stage pooling;
  private final @Nullable JoinStage join;
  private final List<Head> heads = new ArrayList<>();
  private final boolean inputsLearn;
  private int number;
  private MemorySegment embedded = MemorySegment.NULL;

  Stages(NetworkSpec spec, Parameters parameters) {
    int width = spec.inputs();
    inputsLearn = !spec.embeddings().isEmpty();
    if (inputsLearn) {
      embeddings =
          new EmbeddingStage(
              parameters,
              spec.inputs(),
              spec.embeddings().stream().map(NetworkSpec.Embedding::cardinality).toList(),
              spec.embeddings().stream().map(NetworkSpec.Embedding::width).toList());
      width = embeddings.width();
    } else {
      embeddings = null;
    }
    switch (spec.encoder()) {
      case Encoder.Recurrent recurrent ->
          addRecurrent(recurrent, spec.dropout(), parameters, width);
      case Encoder.SelfAttention attention ->
          addSelfAttention(attention, spec.dropout(), parameters, width);
    }
    int states = spec.encoder().width();
    pooling =
        spec.encoder().pooling() == Pooling.ATTENTION
            ? new AttentionPooling("pooling", parameters, states)
            : new LastStep(states);
    join = spec.lastInputSkip() ? new JoinStage(states, width) : null;
    int seen = join == null ? states : join.width();
    for (HeadSpec head : spec.heads()) {
      heads.add(new Head(head, parameters, seen, spec.headUnits(), spec.dropout(), nextNumber()));
    }
  }

  private int nextNumber() {
    number += NUMBERS_A_LAYER;
    return number;
  }

  private void addRecurrent(
      Encoder.Recurrent spec, double dropout, Parameters parameters, int inputs) {
    int width = inputs;
    for (int i = 0; i < spec.units().size(); i++) {
      int units = spec.units().get(i);
      if (i > 0 && dropout > 0) {
        encoder.add(new DropoutStage(width, dropout, nextNumber()));
      }
      encoder.add(cell(spec, "recurrent-" + (i + 1), parameters, width, units));
      if (spec.layerNorm()) {
        encoder.add(new LayerNormStage("norm-" + (i + 1), parameters, units));
      }
      width = units;
    }
  }

  private RecurrentStage cell(
      Encoder.Recurrent spec, String name, Parameters parameters, int inputs, int units) {
    double dropout = spec.recurrentDropout();
    FirstWeights first = spec.firstWeights();
    int own = nextNumber();
    return switch (spec.cell()) {
      case LSTM -> new LstmStage(name, parameters, inputs, units, first, dropout, own);
      case GRU -> new GruStage(name, parameters, inputs, units, first, dropout, own);
      case GRU_RESET_BEFORE ->
          new ResetBeforeGruStage(name, parameters, inputs, units, first, dropout, own);
    };
  }

  private void addSelfAttention(
      Encoder.SelfAttention spec, double dropout, Parameters parameters, int inputs) {
    encoder.add(new DenseStage("projection", parameters, inputs, spec.width(), false));
    encoder.add(new PositionStage(spec.width()));
    for (int i = 1; i <= spec.blocks(); i++) {
      encoder.add(
          new TransformerBlock(
              "block-" + i,
              parameters,
              spec.width(),
              spec.heads(),
              spec.feedForward(),
              dropout,
              nextNumber()));
    }
    encoder.add(new LayerNormStage("norm", parameters, spec.width()));
  }

  List<Head> heads() {
    return heads;
  }

  @Nullable AttentionPooling attentionPooling() {
    return pooling instanceof AttentionPooling attention ? attention : null;
  }

  /** Raw outputs of every head. */
  List<MemorySegment> forward(Pass pass, SequenceBatch batch) {
    embedded =
        embeddings == null
            ? batch.inputs()
            : embeddings.forward(pass, batch.inputs(), batch.categoryIndices());
    MemorySegment states = embedded;
    for (Stage stage : encoder) {
      states = stage.forward(pass, states);
    }
    MemorySegment seen = pooling.forward(pass, states);
    if (join != null) {
      seen = join.forward(pass, seen, embedded);
    }
    List<MemorySegment> outputs = new ArrayList<>(heads.size());
    for (Head head : heads) {
      outputs.add(head.forward(pass.pooled(), seen));
    }
    return outputs;
  }

  /**
   * Gradients of all parameters, from those of the heads' raw outputs.
   *
   * @param gradients ∂L/∂raw of each head; null for a head that says nothing
   * @param inputsAsked whether ∂L/∂inputs is wanted
   * @return ∂L/∂inputs [T·B × N], if it was asked for
   */
  MemorySegment backward(Pass pass, List<@Nullable MemorySegment> gradients, boolean inputsAsked) {
    boolean through = inputsAsked || inputsLearn;
    if (encoder.getFirst() instanceof RecurrentStage first) {
      first.setInputGradientNeeded(through);
    }
    MemorySegment seen = seenGradient(pass, gradients);
    MemorySegment states = join == null ? seen : join.first(pass, seen);
    MemorySegment back = pooling.backward(pass, states);
    for (Stage stage : encoder.reversed()) {
      back = stage.backward(pass, back);
    }
    if (!through) {
      return MemorySegment.NULL;
    }
    if (join != null) {
      join.addSecond(pass, seen, back);
    }
    return embeddings == null ? back : embeddings.backward(pass, back);
  }

  private MemorySegment seenGradient(Pass pass, List<@Nullable MemorySegment> gradients) {
    MemorySegment sum = MemorySegment.NULL;
    for (int i = 0; i < heads.size(); i++) {
      MemorySegment raw = gradients.get(i);
      if (raw == null) {
        continue;
      }
      MemorySegment mine = heads.get(i).backward(pass.pooled(), raw);
      if (sum.equals(MemorySegment.NULL)) {
        sum = mine;
      } else {
        Sums.add(mine, sum, pass.batch() * heads.get(i).inputs());
      }
    }
    return sum;
  }
}
