package io.ilteo.satisfaction;

import static io.ilteo.satisfaction.SatisfactionTask.CLASSES;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.training.ClassMetrics;
import io.ilteo.modelkit.training.ModelTask.BaselineScore;
import java.util.Arrays;
import java.util.List;

/** What a satisfaction model has to beat, fitted on the training fold. */
final class SatisfactionBaselines {
  private SatisfactionBaselines() {}

  /**
   * The training fold's class shares for everybody, and for each last class the training fold's
   * shares of the next one (so that probabilities can be scored, not only classes).
   */
  static List<BaselineScore> score(Sequences training, Sequences scored) {
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

  private static BaselineScore majority(Sequences scored, double[] shares) {
    int[] observed = observed(scored);
    double[][] probabilities = new double[observed.length][];
    Arrays.fill(probabilities, shares);
    return new BaselineScore("majority", ClassMetrics.of(observed, probabilities));
  }

  /** Predicts the last class itself; its probability is what the transition shares say. */
  private static BaselineScore lastClass(
      Sequences scored, double[] shares, double[][] transitions) {
    int[] observed = observed(scored);
    double[][] probabilities = new double[observed.length][];
    int count = 0;
    for (int i = 0; i < scored.size(); i++) {
      if (scored.satisfactionClass(i, CLASSES) < 0) {
        continue;
      }
      int last = scored.lastSatisfactionClass(i, CLASSES);
      probabilities[count++] = last < 0 ? shares : favouring(last, transitions[last]);
    }
    return new BaselineScore("last_class", ClassMetrics.of(observed, probabilities));
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

  private static int[] observed(Sequences scored) {
    int[] observed = new int[scored.size()];
    int count = 0;
    for (int i = 0; i < scored.size(); i++) {
      int actual = scored.satisfactionClass(i, CLASSES);
      if (actual >= 0) {
        observed[count++] = actual;
      }
    }
    return Arrays.copyOf(observed, count);
  }

  private static void normalise(double[] counts) {
    double sum = Arrays.stream(counts).sum();
    for (int i = 0; i < counts.length; i++) {
      counts[i] = sum == 0 ? 1.0 / counts.length : counts[i] / sum;
    }
  }
}
