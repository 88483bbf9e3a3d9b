package io.ilteo.kernelbench;

import io.ilteo.modelkit.recurrent.kernel.AttentionPooling;
import io.ilteo.modelkit.recurrent.kernel.FirstWeights;
import io.ilteo.modelkit.recurrent.kernel.GruStage;
import io.ilteo.modelkit.recurrent.kernel.LayerNormStage;
import io.ilteo.modelkit.recurrent.kernel.LstmStage;
import io.ilteo.modelkit.recurrent.kernel.Parameters;
import io.ilteo.modelkit.recurrent.kernel.Pass;
import io.ilteo.modelkit.recurrent.kernel.ResetBeforeGruStage;
import io.ilteo.modelkit.recurrent.kernel.Scratch;
import io.ilteo.modelkit.recurrent.kernel.Stage;
import io.ilteo.modelkit.recurrent.kernel.TransformerBlock;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Single stages of 128 units on 10 steps of 64 persons, in microseconds a pass: forward alone, and
 * forward and backward together, since a backward pass uses up what the forward pass left.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 9, time = 1)
@Fork(1)
public class StageBenchmark {
  private static final int BATCH = 64;
  private static final int STEPS = 10;
  private static final int UNITS = 128;
  private static final int HEADS = 4;

  /** What is timed. */
  public enum Kind {
    LSTM,
    GRU,
    GRU_RESET_BEFORE,
    LAYER_NORM,
    ATTENTION_POOLING,
    TRANSFORMER_BLOCK;

    Stage create(Parameters parameters) {
      return switch (this) {
        case LSTM -> new LstmStage("stage", parameters, UNITS, UNITS, FirstWeights.EACH_GATE, 0, 1);
        case GRU -> new GruStage("stage", parameters, UNITS, UNITS, FirstWeights.EACH_GATE, 0, 1);
        case GRU_RESET_BEFORE ->
            new ResetBeforeGruStage(
                "stage", parameters, UNITS, UNITS, FirstWeights.EACH_GATE, 0, 1);
        case LAYER_NORM -> new LayerNormStage("stage", parameters, UNITS);
        case ATTENTION_POOLING -> new AttentionPooling("stage", parameters, UNITS);
        case TRANSFORMER_BLOCK ->
            new TransformerBlock("stage", parameters, UNITS, HEADS, 2 * UNITS, 0, 1);
      };
    }

    int outputRows() {
      return this == ATTENTION_POOLING ? BATCH : BATCH * STEPS;
    }
  }

  @Param public Kind kind = Kind.LSTM;

  private final Pass pass = new Pass(BATCH, STEPS, null, true, 1);
  private Parameters parameters = new Parameters();
  private Stage stage = Kind.LSTM.create(parameters);
  private MemorySegment input = MemorySegment.NULL;
  private MemorySegment gradient = MemorySegment.NULL;
  private MemorySegment spentGradient = MemorySegment.NULL;
  private float[][] firstOutput = {};
  private float[][] firstGradient = {};

  /** Draws weights, inputs and a gradient. */
  @Setup
  public void create() {
    SplittableRandom random = new SplittableRandom(1);
    parameters = new Parameters();
    stage = kind.create(parameters);
    parameters.freeze(Scratch.allocate(parameters.size()));
    parameters.blocks().forEach(b -> b.init().fill(b, parameters.values(), random));
    input = random(BATCH * STEPS, random);
    gradient = random(kind.outputRows(), random);
    spentGradient = random(kind.outputRows(), random);
    firstOutput = floats(forward(), kind.outputRows() * UNITS);
    forwardAndBackward();
    firstGradient = floats(parameters.gradients(), Math.toIntExact(parameters.size()));
  }

  private static MemorySegment random(int rows, SplittableRandom random) {
    MemorySegment drawn = Scratch.allocate((long) rows * UNITS);
    for (long i = 0; i < (long) rows * UNITS; i++) {
      drawn.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
    }
    return drawn;
  }

  private static float[][] floats(MemorySegment memory, int count) {
    long bytes = (long) count * Float.BYTES;
    return new float[][] {memory.asSlice(0, bytes).toArray(ValueLayout.JAVA_FLOAT)};
  }

  /** The same outputs and gradients to the last bit, and numbers all of them. */
  @TearDown(Level.Iteration)
  public void check() {
    Results.requireSame(firstOutput, floats(forward(), kind.outputRows() * UNITS));
    forwardAndBackward();
    Results.requireSame(
        firstGradient, floats(parameters.gradients(), Math.toIntExact(parameters.size())));
  }

  /** One forward pass. */
  @Benchmark
  public MemorySegment forward() {
    return stage.forward(pass, input);
  }

  /** One forward pass and the gradients of weights and inputs. */
  @Benchmark
  public MemorySegment forwardAndBackward() {
    stage.forward(pass, input);
    // A stage may overwrite the gradient that it is handed.
    spentGradient.copyFrom(gradient);
    return stage.backward(pass, spentGradient);
  }
}
