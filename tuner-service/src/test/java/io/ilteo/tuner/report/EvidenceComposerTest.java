package io.ilteo.tuner.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.proto.model.v1.Evaluation;
import io.ilteo.proto.model.v1.MetricEstimate;
import io.ilteo.proto.model.v1.Score;
import io.ilteo.tuner.domain.study.Direction;
import io.ilteo.tuner.domain.study.Objective;
import java.util.Locale;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EvidenceComposerTest {
  private static final Objective LOSS =
      new Objective("loss", Direction.MINIMIZE, OptionalDouble.empty());
  private static final Objective ACCURACY =
      new Objective("loss", Direction.MAXIMIZE, OptionalDouble.empty());

  private static Score score(String name, double value, double lower, double upper) {
    return Score.newBuilder()
        .setName(name)
        .addMetrics(
            MetricEstimate.newBuilder()
                .setName("loss")
                .setValue(value)
                .setLower(lower)
                .setUpper(upper))
        .build();
  }

  private static String verdict(Objective objective, double lower, double upper) {
    Evaluation evaluation =
        Evaluation.newBuilder()
            .setModel(score("model", 9, 8, 10))
            .addBaselines(score("last wage", 10, 9, 11))
            .addBaselines(score("mean", objective.equals(LOSS) ? 30 : 3, 29, 31))
            .addDifferences(score("last wage", (lower + upper) / 2, lower, upper))
            .addDifferences(score("mean", -20, -21, -19))
            .build();
    return new EvidenceComposer(new Wording(Locale.ENGLISH))
        .testVerdict(objective, evaluation)
        .orElseThrow();
  }

  @Test
  void intervalOfTheDifferenceFromTheBestBaselineDecides() {
    assertThat(verdict(LOSS, -3, -1)).contains("is better than the best baseline, last wage");
    assertThat(verdict(LOSS, -3, 1)).contains("not distinguishable", "[-3, 1]");
    assertThat(verdict(LOSS, 1, 3)).contains("is worse than the best baseline");
  }

  @Test
  void moreIsBetterWhereTheObjectiveIsMaximised() {
    assertThat(verdict(ACCURACY, 1, 3)).contains("is better");
    assertThat(verdict(ACCURACY, -3, -1)).contains("is worse");
    assertThat(verdict(ACCURACY, -1, 3)).contains("not distinguishable");
  }
}
