package io.ilteo.modelkit.hosting.prediction;

import io.ilteo.modelkit.panel.feature.CompiledTransform;
import io.ilteo.modelkit.panel.feature.FittedInputs;
import io.ilteo.modelkit.panel.feature.Histories;
import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.registry.Artifact;
import io.ilteo.modelkit.training.ModelTask;
import io.ilteo.modelkit.training.Predicted;
import io.ilteo.modelkit.training.Readout;
import io.ilteo.proto.model.v1.Contribution;
import io.ilteo.proto.model.v1.HistoryBatch;
import io.ilteo.proto.model.v1.ModelVersion;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** One version, loaded and ready to answer. For use by many threads at once. */
public final class ServedModel {
  private final ModelVersion version;
  private final FittedInputs inputs;
  private final CompiledTransform transform;
  private final HistoryReader reader;
  private final Networks networks;
  private final Readout readout;

  private ServedModel(Artifact artifact, ModelTask task, int copies) {
    this.version = artifact.version();
    this.inputs = artifact.ensemble().inputs();
    this.transform = inputs.transform().compile();
    this.reader = new HistoryReader(inputs, task.targetColumn());
    this.networks = new Networks(artifact.ensemble().networks(), copies);
    this.readout = task.readout(inputs, artifact.attachments());
  }

  /**
   * Loads a version.
   *
   * @param copies threads that will predict at a time
   * @throws FailedPrecondition if what was stored does not make a model
   */
  static ServedModel load(Artifact artifact, ModelTask task, int copies) {
    try {
      return new ServedModel(artifact, task, copies);
    } catch (IllegalArgumentException damaged) {
      throw new FailedPrecondition(
          "%s cannot be loaded: %s".formatted(artifact.version().getName(), damaged.getMessage()));
    }
  }

  /** Name of the version. */
  public String name() {
    return version.getName();
  }

  /** The version as it was when it was loaded. */
  public ModelVersion version() {
    return version;
  }

  /** How the inputs are made. */
  public FittedInputs inputs() {
    return inputs;
  }

  /** The form of this model's answers: an answer for nobody. */
  public Answer form(double coverage) {
    Sequences nobody = sequences(List.of());
    Predicted nothing = readout.read(nobody, List.<float[][]>of(new float[0][]), coverage);
    return new Answer(this, List.of(new Rows(nobody, nothing, 0, 0)), List.of());
  }

  List<Histories.Person> read(HistoryBatch histories) {
    return reader.read(histories);
  }

  Sequences sequences(List<Histories.Person> persons) {
    return transform.sequences(new Histories(inputs.columns(), persons));
  }

  /** Predicts on the calling thread, which must be a platform thread. */
  Predicted predict(Sequences sequences, double coverage) throws InterruptedException {
    return readout.read(sequences, networks.predict(sequences), coverage);
  }

  /**
   * What moved the probability of an output, by {@link
   * io.ilteo.modelkit.training.IntegratedGradients}, the largest effects first.
   *
   * @param rows which sequences
   * @param outputs [rows] which output of each
   */
  public List<List<Contribution>> integratedGradients(
      Sequences sequences, int[] rows, int[] outputs, int top) throws InterruptedException {
    List<String> names = sequences.featureNames();
    List<List<Contribution>> all = new ArrayList<>();
    for (double[] effects : networks.integratedGradients(sequences, rows, outputs)) {
      all.add(
          IntStream.range(0, effects.length)
              .boxed()
              .sorted(Comparator.comparingDouble(input -> -Math.abs(effects[input])))
              .limit(top)
              .map(
                  input ->
                      Contribution.newBuilder()
                          .setFeature(names.get(input))
                          .setEffect(effects[input])
                          .build())
              .toList());
    }
    return all;
  }

  /**
   * How much each observed wave of each sequence counts, oldest first; nothing where the networks
   * do not pool by attention.
   */
  public List<List<Double>> attention(Sequences sequences) throws InterruptedException {
    float[][] weights = networks.attention(sequences);
    List<List<Double>> waves = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      List<Double> observed = new ArrayList<>();
      for (int step = 0; step < weights[i].length; step++) {
        if (sequences.observed(i, step)) {
          observed.add((double) weights[i][step]);
        }
      }
      waves.add(observed);
    }
    return waves;
  }
}
