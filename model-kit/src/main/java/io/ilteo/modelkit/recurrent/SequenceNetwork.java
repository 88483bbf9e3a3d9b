package io.ilteo.modelkit.recurrent;

import io.ilteo.modelkit.recurrent.kernel.Adam;
import io.ilteo.modelkit.recurrent.kernel.AttentionPooling;
import io.ilteo.modelkit.recurrent.kernel.Parameters;
import io.ilteo.modelkit.recurrent.kernel.Pass;
import io.ilteo.modelkit.recurrent.kernel.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A network over masked sequences with one head for each target, on fused kernels.
 *
 * <p>Deterministic: the same spec, seed and batches give the same weights. Not for use by two
 * threads at once; {@link #replica} predicts beside it.
 */
public final class SequenceNetwork {
  private static final long SEED_MIX = 0x9E3779B97F4A7C15L;

  private final NetworkSpec spec;
  private final Parameters parameters;
  private final Stages stages;
  private @Nullable Adam optimiser;
  private long stepSeed;
  private long stepsSinceSeed;

  private SequenceNetwork(NetworkSpec spec, @Nullable MemorySegment weights) {
    this.spec = spec;
    this.parameters = new Parameters();
    this.stages = new Stages(spec, parameters);
    parameters.freeze(weights == null ? Scratch.allocate(parameters.size()) : weights);
  }

  /** A fresh network, its weights drawn from {@code seed}. */
  public static SequenceNetwork create(NetworkSpec spec, long seed) {
    SequenceNetwork network = new SequenceNetwork(spec, null);
    SplittableRandom random = new SplittableRandom(seed);
    for (Parameters.Block block : network.parameters.blocks()) {
      block.init().fill(block, network.parameters.values(), random);
    }
    return network;
  }

  /**
   * A network on the same memory, for another thread to predict with: it sees the weights of this
   * one, which must not learn meanwhile.
   */
  public SequenceNetwork replica() {
    return new SequenceNetwork(spec, parameters.values());
  }

  /** Form of the network. */
  public NetworkSpec spec() {
    return spec;
  }

  /** Seeds everything random of the steps that follow. */
  public void seedSteps(long seed) {
    stepSeed = seed;
    stepsSinceSeed = 0;
  }

  /**
   * One step of the optimiser.
   *
   * @return the loss before the step: the mean over known targets, weighted and summed over heads
   * @throws IllegalArgumentException if the batch does not fit the network
   */
  public double trainStep(SequenceBatch batch) {
    double loss = gradients(batch, stepSeed + SEED_MIX * ++stepsSinceSeed);
    Adam adam = optimiser();
    double factor = spec.optimiser().schedule().factor(adam.step() + 1);
    adam.step(spec.optimiser().learningRate() * factor);
    return loss;
  }

  /** The loss of {@code batch} as {@link #trainStep} sees it, leaving its gradients behind. */
  double gradients(SequenceBatch batch, long seed) {
    requireFit(batch);
    if (batch.heads() != spec.heads().size()) {
      throw new IllegalArgumentException(
          "the network has %d heads, the batch targets for %d"
              .formatted(spec.heads().size(), batch.heads()));
    }
    Pass pass = new Pass(batch.size(), batch.steps(), batch.mask(), true, seed);
    List<MemorySegment> outputs = stages.forward(pass, batch);
    List<@Nullable MemorySegment> gradients = new ArrayList<>(outputs.size());
    double loss = 0;
    for (int i = 0; i < outputs.size(); i++) {
      Head.Loss head = stages.heads().get(i).loss(batch, i, outputs.get(i));
      loss += head.value();
      gradients.add(head.gradient());
    }
    stages.backward(pass, gradients, false);
    return loss;
  }

  private void requireFit(SequenceBatch batch) {
    if (batch.features() != spec.inputs() || batch.size() < 1 || batch.steps() < 1) {
      throw new IllegalArgumentException(
          "the network takes %d inputs a step, not %d sequences of %d steps of %d"
              .formatted(spec.inputs(), batch.size(), batch.steps(), batch.features()));
    }
    if (!spec.embeddings().isEmpty() && batch.categories() != spec.embeddings().size()) {
      throw new IllegalArgumentException(
          "the network has %d embeddings, the batch %d categories"
              .formatted(spec.embeddings().size(), batch.categories()));
    }
  }

  private Pass inference(SequenceBatch batch) {
    requireFit(batch);
    return new Pass(batch.size(), batch.steps(), batch.mask(), false, 0);
  }

  /**
   * Outputs of each head, [B][outputs]: a number, rising quantiles, mean and variance, or the
   * probabilities of classes.
   */
  public List<float[][]> predict(SequenceBatch batch) {
    List<MemorySegment> outputs = stages.forward(inference(batch), batch);
    List<float[][]> heads = new ArrayList<>(outputs.size());
    for (int i = 0; i < outputs.size(); i++) {
      heads.add(stages.heads().get(i).read(batch.size(), outputs.get(i)));
    }
    return heads;
  }

  /**
   * How much each step of each sequence counts, [B][T], where attention pools them.
   *
   * @throws IllegalStateException for a network without attention pooling
   */
  public float[][] attention(SequenceBatch batch) {
    AttentionPooling pooling = stages.attentionPooling();
    if (pooling == null) {
      throw new IllegalStateException("the network does not pool by attention");
    }
    stages.forward(inference(batch), batch);
    float[][] weights = new float[batch.size()][batch.steps()];
    for (int b = 0; b < batch.size(); b++) {
      for (int t = 0; t < batch.steps(); t++) {
        long row = (long) t * batch.size() + b;
        weights[b][t] = pooling.attention().getAtIndex(ValueLayout.JAVA_FLOAT, row);
      }
    }
    return weights;
  }

  /** ∂(output {@code output} of head {@code head})/∂inputs, [B][T][N]. */
  public float[][][] inputGradients(SequenceBatch batch, int head, int output) {
    Pass pass = inference(batch);
    MemorySegment raw = stages.forward(pass, batch).get(head);
    List<@Nullable MemorySegment> gradients =
        new ArrayList<>(Collections.nCopies(spec.heads().size(), null));
    gradients.set(head, stages.heads().get(head).readGradient(batch.size(), raw, output));
    MemorySegment back = stages.backward(pass, gradients, true);
    float[][][] slopes = new float[batch.size()][batch.steps()][batch.features()];
    for (int b = 0; b < batch.size(); b++) {
      for (int t = 0; t < batch.steps(); t++) {
        long from = ((long) t * batch.size() + b) * batch.features() * Float.BYTES;
        MemorySegment.copy(back, ValueLayout.JAVA_FLOAT, from, slopes[b][t], 0, batch.features());
      }
    }
    return slopes;
  }

  /** The weights by name, and their last gradients. */
  Parameters parameters() {
    return parameters;
  }

  /** Number of weights. */
  public long weightCount() {
    return parameters.size();
  }

  /** A copy of the weights, e.g. of the best epoch. */
  public float[] weights() {
    return floats(parameters.values(), parameters.size());
  }

  private static float[] floats(MemorySegment memory, long count) {
    return memory.asSlice(0, count * Float.BYTES).toArray(ValueLayout.JAVA_FLOAT);
  }

  /**
   * Sets what {@link #weights} returned.
   *
   * @throws IllegalArgumentException for weights of another network
   */
  public void setWeights(float[] weights) {
    if (weights.length != parameters.size()) {
      throw new IllegalArgumentException(
          "the network has %d weights, not %d".formatted(parameters.size(), weights.length));
    }
    copy(weights, parameters.values());
  }

  private static void copy(float[] values, MemorySegment memory) {
    MemorySegment.copy(values, 0, memory, ValueLayout.JAVA_FLOAT, 0, values.length);
  }

  private Adam optimiser() {
    Adam existing = optimiser;
    if (existing == null) {
      Optimiser chosen = spec.optimiser();
      existing = new Adam(parameters, chosen.l2(), chosen.weightDecay(), chosen.clipNorm());
      optimiser = existing;
    }
    return existing;
  }

  /** The network as a file; {@code withOptimiserState}: so that training can go on elsewhere. */
  public byte[] save(boolean withOptimiserState) {
    Adam adam = withOptimiserState ? optimiser : null;
    NetworkFile file =
        adam == null
            ? new NetworkFile(spec, weights(), 0, new float[0])
            : new NetworkFile(
                spec, weights(), adam.step(), floats(adam.moments(), 2 * parameters.size()));
    return file.toBytes();
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws IllegalArgumentException if it is something else, or damaged
   */
  public static SequenceNetwork load(byte[] saved, boolean withOptimiserState) {
    NetworkFile file = NetworkFile.fromBytes(saved);
    SequenceNetwork network = new SequenceNetwork(file.spec(), null);
    network.setWeights(file.weights());
    if (withOptimiserState && file.optimiserSteps() > 0) {
      Adam adam = network.optimiser();
      copy(Arrays.copyOf(file.moments(), 2 * file.weights().length), adam.moments());
      adam.resume(file.optimiserSteps());
    }
    return network;
  }
}
