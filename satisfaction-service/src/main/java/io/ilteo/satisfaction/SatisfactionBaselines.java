package io.ilteo.satisfaction;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.training.ClassLogit;
import io.ilteo.modelkit.training.ClassReading.Choice;
import io.ilteo.modelkit.training.GradientBoosting;
import io.ilteo.modelkit.training.ModelTask.Baseline;
import io.ilteo.modelkit.training.ModelTask.Baselines;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.ScoredClasses;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What a satisfaction model has to beat, fitted on the training fold. */
final class SatisfactionBaselines implements Baselines {
  static final List<String> NAMES =
      List.of(
          "majority",
          "last_class",
          "multinomial_logit",
          "ordinal_logit",
          "gradient_boosting",
          "balanced_boosting");

  private static final long BOOSTING_SEED = 1;

  private final SatisfactionRows rows;
  private final int classes;
  private final double[] shares;
  private final double[][] transitions;
  private final ClassLogit multinomial;
  private final ClassLogit ordinal;
  private final GradientBoosting boosting;
  private final GradientBoosting balanced;

  SatisfactionBaselines(PreparedData data) {
    this.rows = new SatisfactionRows(data);
    this.classes = SatisfactionRows.classes(data);
    this.shares = new double[classes];
    this.transitions = new double[classes][classes];
    Sequences training = data.training();
    for (int i = 0; i < training.size(); i++) {
      int next = rows.observed(training, i);
      int last = training.lastSatisfactionClass(i, classes);
      if (next >= 0) {
        shares[next]++;
        if (last >= 0) {
          transitions[last][next]++;
        }
      }
    }
    normalise(shares);
    Arrays.stream(transitions).forEach(SatisfactionBaselines::normalise);
    this.multinomial = ClassLogit.fit(training, data.validation(), classes, false);
    this.ordinal = ClassLogit.fit(training, data.validation(), classes, true);
    double[] ones = new double[classes];
    Arrays.fill(ones, 1);
    this.boosting = boosting(data, ones);
    this.balanced = boosting(data, ClassWeighting.BALANCED.weights(shares));
  }

  private GradientBoosting boosting(PreparedData data, double[] weights) {
    return GradientBoosting.classification(
        fold(data.training()), fold(data.validation()), weights, BOOSTING_SEED);
  }

  private GradientBoosting.Fold fold(Sequences sequences) {
    return new GradientBoosting.Fold(
        sequences,
        i -> {
          int observed = rows.observed(sequences, i);
          return observed < 0 ? Double.NaN : observed;
        });
  }

  /** Each baseline on the same rows, in the order of {@link #NAMES}. */
  @Override
  public List<Baseline> score(Sequences scored) {
    List<ScoredClasses> classes =
        List.of(
            rows.score(scored, i -> shares, Choice.PLAIN),
            lastClass(scored),
            learned(scored, multinomial.predict(scored)),
            learned(scored, ordinal.predict(scored)),
            learned(scored, boosting.predict(scored)),
            learned(scored, balanced.predict(scored)));
    return IntStream.range(0, NAMES.size())
        .mapToObj(k -> new Baseline(NAMES.get(k), classes.get(k)))
        .toList();
  }

  private ScoredClasses learned(Sequences scored, double[][] probabilities) {
    return rows.score(scored, i -> probabilities[i], Choice.PLAIN);
  }

  /**
   * Answers the last class, whatever is likelier, and the training fold's likeliest where there is
   * none; its probabilities are the shares of what followed that class in the training fold.
   */
  private ScoredClasses lastClass(Sequences scored) {
    ScoredClasses likeliest =
        rows.score(
            scored,
            i -> {
              int last = scored.lastSatisfactionClass(i, classes);
              return last < 0 ? shares : transitions[last];
            },
            Choice.PLAIN);
    int[] decided = likeliest.decided().clone();
    for (int row = 0; row < decided.length; row++) {
      int last = scored.lastSatisfactionClass(likeliest.sequences()[row], classes);
      decided[row] = last < 0 ? decided[row] : last;
    }
    return likeliest.deciding(decided);
  }

  private static void normalise(double[] counts) {
    double sum = Arrays.stream(counts).sum();
    for (int i = 0; i < counts.length; i++) {
      counts[i] = sum == 0 ? 1.0 / counts.length : counts[i] / sum;
    }
  }

  @Override
  public void close() {
    boosting.close();
    balanced.close();
  }
}
