package io.ilteo.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.ilteo.cli.client.Services;
import io.ilteo.proto.tuner.v1.Study;
import io.ilteo.proto.tuner.v1.StudyState;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoryTest {
  private static final RunPlan SYNTHETIC =
      new RunPlan(Optional.empty(), "klips-long", 500, 3, 7, 3, 2, false);

  @TempDir Path folder;
  private final StringWriter printed = new StringWriter();
  private FakePlatform platform;

  @BeforeEach
  void start() throws IOException {
    platform = new FakePlatform(folder);
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void searchesBothTasksToTheEndOfTheirBudgets() throws IOException {
    List<Study> ended = tell(SYNTHETIC).stream().map(Outcome::study).toList();
    assertThat(ended)
        .extracting(study -> study.getSpec().getTask())
        .containsExactly("wage", "satisfaction");
    assertThat(ended)
        .allMatch(study -> study.getState() == StudyState.STUDY_STATE_COMPLETED)
        .allMatch(study -> study.getProgress().getCompleted() == 3)
        .allMatch(study -> study.getSpec().getData().getFoldSeed() == 7);
    assertThat(ended).allMatch(study -> study.getSpec().getParallelism() == 3);
    assertThat(ended)
        .extracting(study -> study.getSpec().getComputeGroup())
        .containsOnly(ended.getFirst().getSpec().getComputeGroup());
    assertThat(platform.imported)
        .hasSize(2)
        .allMatch(b -> FakePlatform.text(b).equals("persons,500\n"));
  }

  @Test
  void tellsTheOriginReportsStory() throws IOException {
    RunPlan plan = new RunPlan(Optional.empty(), "klips-long", 500, 3, 7, 3, 2, true);
    List<Outcome> outcomes = tell(plan);
    assertThat(outcomes)
        .extracting(Outcome::title)
        .containsExactly("first joint model", "tuned joint model", "wage", "satisfaction");
    Study first = outcomes.getFirst().study();
    assertThat(first.getSpec().getBudget()).isEqualTo(1);
    assertThat(first.getSpec().getArchitecture()).isEqualTo("joint_lstm");
    assertThat(first.getSpec().getEnqueued(0).getParameters(0).getName()).isEqualTo("lstm_units_1");
    assertThat(outcomes)
        .extracting(outcome -> outcome.finale().orElseThrow().alias())
        .containsExactly("first-joint", "joint", "champion", "challenger");
    assertThat(platform.promotions)
        .as("only what cannot be the champion is forced, and under another name")
        .allMatch(request -> request.getForce() != request.getAlias().equals("champion"));
  }

  @Test
  void aRunStartedAgainGoesOnWithTheSameStudies() throws IOException {
    tell(SYNTHETIC);
    tell(SYNTHETIC);
    assertThat(platform.studiesByRequest).hasSize(2);
    assertThat(platform.synthesized).hasValue(1);
  }

  @Test
  void aFinishedRunStartedAgainIsANewOne() throws IOException {
    tell(SYNTHETIC);
    state(SYNTHETIC).finish();
    tell(SYNTHETIC);
    assertThat(platform.studiesByRequest).hasSize(4);
  }

  @Test
  void aTunerThatIsAwayIsWaitedFor() throws IOException {
    platform.outages.set(2);
    assertThat(tell(SYNTHETIC)).hasSize(2);
    assertThat(printed.toString()).containsOnlyOnce("the tuner does not answer");
  }

  @Test
  void anUnknownMappingIsToldAndCreatesNoStudy() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.csv"), "a,b\n1,2\n");
    RunPlan plan =
        new RunPlan(Optional.of(file), FakePlatform.REFUSED_MAPPING, 500, 3, 7, 2, 0, false);
    assertThatThrownBy(() -> tell(plan))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("no mapping \"no-such-mapping\"")
        .extracting(failure -> ((StatusRuntimeException) failure).getStatus().getCode())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(platform.studiesByRequest).isEmpty();
  }

  @Test
  void aMissingFileIsNamed() {
    RunPlan plan =
        new RunPlan(Optional.of(folder.resolve("gone.csv")), "klips-long", 500, 3, 7, 2, 0, false);
    assertThatThrownBy(() -> tell(plan))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("gone.csv");
  }

  private List<Outcome> tell(RunPlan plan) throws IOException {
    try (Services services = platform.connect()) {
      return new Story(services, platform.home(), new PrintWriter(printed, true))
          .tell(plan, state(plan), false);
    }
  }

  private RunState state(RunPlan plan) {
    return RunState.of(platform.home().subfolder("run"), plan);
  }
}
