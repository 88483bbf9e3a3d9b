package io.ilteo.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import io.ilteo.proto.model.v1.Direction;
import io.ilteo.proto.model.v1.MetricEstimate;
import io.ilteo.proto.model.v1.Score;
import io.ilteo.proto.tuner.v1.Objective;
import io.ilteo.proto.tuner.v1.Study;
import io.ilteo.proto.tuner.v1.StudyProgress;
import io.ilteo.proto.tuner.v1.StudySpec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
  private final StringWriter printed = new StringWriter();

  @Test
  void aPipeGetsALineOnlyWhenATrialHasEnded() {
    ProgressDisplay display = new ProgressDisplay(new PrintWriter(printed), false);
    display.show(List.of(study(0)));
    display.show(List.of(study(0)));
    display.show(List.of(study(1)));
    display.end();
    assertThat(printed.toString().lines()).hasSize(2).noneMatch(line -> line.contains("\u001b"));
  }

  @Test
  void aTerminalIsDrawnOver() {
    ProgressDisplay display = new ProgressDisplay(new PrintWriter(printed), true);
    display.show(List.of(study(0), study(1)));
    display.show(List.of(study(1), study(1)));
    assertThat(printed.toString()).containsOnlyOnce("\u001b[2A");
  }

  @Test
  void aLineTellsTrialsBestBaselineAndTimeLeft() {
    ProgressDisplay display = new ProgressDisplay(new PrintWriter(printed), false);
    display.show(List.of(study(1)));
    display.end();
    assertThat(printed.toString())
        .contains("wage", " 1/4", "best rmse 70.50", "(ridge 75.30)", "1 min 5 s left");
  }

  private static Study study(int completed) {
    return Study.newBuilder()
        .setName("studies/1")
        .setSpec(
            StudySpec.newBuilder()
                .setTask("wage")
                .setBudget(4)
                .addObjectives(
                    Objective.newBuilder()
                        .setMetric("rmse")
                        .setDirection(Direction.DIRECTION_MINIMIZE)))
        .setProgress(
            StudyProgress.newBuilder()
                .setCompleted(completed)
                .addBestValues(70.5)
                .setTimeLeft(Duration.newBuilder().setSeconds(65)))
        .addBaselines(score("last_wage", 80.67))
        .addBaselines(score("ridge", 75.3))
        .build();
  }

  private static Score score(String name, double rmse) {
    return Score.newBuilder()
        .setName(name)
        .addMetrics(MetricEstimate.newBuilder().setName("rmse").setValue(rmse))
        .build();
  }
}
