package io.ilteo.satisfaction;

import static io.ilteo.satisfaction.SatisfactionTask.CLASSES;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.training.ClassMetrics;
import io.ilteo.modelkit.training.ModelTask.Baseline;
import java.util.Arrays;
import java.util.List;

/** What a satisfaction model has to beat, fitted on the training fold. */
final class SatisfactionBaselines {
  private SatisfactionBaselines() {}

  /**
   * The training fold's class shares for everybody, and for each last class the training fold's
   * shares of the next one (so that probabilities can be scored, not only classes).
   */
  static List<Baseline> score(Sequences training, Sequences scored) {
    double[] shares = new double[CLASSES];
    double[][] transitions = new double[CLASSES][CLASSES];
    for (int i = 0; i < training.size(); i++) {
      int next = training.satisfactionClass(i, CLASSES);
      int last = training.lastSatisfactionClass(i, CLASSES);
      if (next >= 0) {
        shares[next]++;
        if (last >= 0) {
          transitions[last][next]++;
        }
      }
    }
    normalise(shares);
    Arrays.stream(transitions).forEach(SatisfactionBaselines::normalise);
    return List.of(majority(scored, shares), lastClass(scored, shares, transitions));
  }

  private static Baseline majority(Sequences scored, double[] shares) {
    return new Baseline("majority", SatisfactionRows.score(scored, i -> shares));
  }

  /** Predicts the last class itself; its probability is what the transition shares say. */
  private static Baseline lastClass(Sequences scored, double[] shares, double[][] transitions) {
    return new Baseline(
        "last_class",
        SatisfactionRows.score(
            scored,
            i -> {
              int last = scored.lastSatisfactionClass(i, CLASSES);
              return last < 0 ? shares : favouring(last, transitions[last]);
            }));
  }

  /** The shares with the last class made the likeliest, by exchanging it with the largest. */
  private static double[] favouring(int last, double[] shares) {
    double[] result = shares.clone();
    int largest = ClassMetrics.argmax(shares);
    double most = result[largest];
    result[largest] = result[last];
    result[last] = most;
    return result;
  }

  private static void normalise(double[] counts) {
    double sum = Arrays.stream(counts).sum();
    for (int i = 0; i < counts.length; i++) {
      counts[i] = sum == 0 ? 1.0 / counts.length : counts[i] / sum;
    }
  }
}
