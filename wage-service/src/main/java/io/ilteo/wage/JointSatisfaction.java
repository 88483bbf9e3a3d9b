package io.ilteo.wage;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.mapping.SatisfactionSpec;
import io.ilteo.modelkit.training.ClassReading;
import io.ilteo.modelkit.training.ScoredClasses;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the second head of a joint network says of satisfaction: five classes, scored as the three
 * that satisfaction models are compared in.
 */
final class JointSatisfaction {
  /** Before the names of its figures. */
  static final String PREFIX = "satisfaction_";

  private static final int COARSE = 3;
  private static final List<String> LABELS = List.of("dissatisfied", "neutral", "satisfied");

  private final int[] coarse;

  private JointSatisfaction(int[] coarse) {
    this.coarse = coarse;
  }

  /** Empty where the three classes of the mapping are not unions of its five. */
  static Optional<JointSatisfaction> of(SatisfactionSpec satisfaction) {
    List<List<Double>> fine = satisfaction.requireFolding(WageProblem.SATISFACTION_CLASSES);
    int[] coarse = new int[fine.size()];
    for (int c = 0; c < coarse.length; c++) {
      int[] classes =
          fine.get(c).stream()
              .mapToInt(code -> satisfaction.classOf(code.floatValue(), COARSE))
              .distinct()
              .toArray();
      if (classes.length != 1) {
        return Optional.empty();
      }
      coarse[c] = classes[0];
    }
    return Optional.of(new JointSatisfaction(coarse));
  }

  /**
   * Scores the head on the sequences whose satisfaction is known.
   *
   * @param outputs [n][5] probabilities
   */
  ScoredClasses score(Sequences sequences, float[][] outputs) {
    int[] rows =
        IntStream.range(0, sequences.size())
            .filter(i -> sequences.satisfactionClass(i, COARSE) >= 0)
            .toArray();
    return ScoredClasses.of(
        rows,
        IntStream.of(rows).map(i -> sequences.satisfactionClass(i, COARSE)).toArray(),
        IntStream.of(rows).mapToObj(i -> folded(outputs[i])).toArray(double[][]::new),
        LABELS,
        List.of(),
        ClassReading.Choice.PLAIN);
  }

  private double[] folded(float[] fine) {
    double[] probabilities = new double[COARSE];
    for (int c = 0; c < fine.length; c++) {
      probabilities[coarse[c]] += fine[c];
    }
    return probabilities;
  }
}
