package io.ilteo.cli.run;

import com.google.protobuf.util.Durations;
import io.ilteo.cli.client.PanelFiles;
import io.ilteo.cli.client.Services;
import io.ilteo.cli.platform.Home;
import io.ilteo.cli.platform.Service;
import io.ilteo.proto.model.v1.DataSpec;
import io.ilteo.proto.model.v1.Protocol;
import io.ilteo.proto.panel.v1.ImportHeader;
import io.ilteo.proto.panel.v1.ImportPanelResponse;
import io.ilteo.proto.panel.v1.Panel;
import io.ilteo.proto.tuner.v1.CreateStudyRequest;
import io.ilteo.proto.tuner.v1.Study;
import io.ilteo.proto.tuner.v1.StudySpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One run: a panel is imported, a wage and a satisfaction study are searched to their end. */
public final class Story {
  private static final Duration TUNER_PATIENCE = Duration.ofMinutes(30);

  private final Services services;
  private final Home home;
  private final PrintWriter out;

  public Story(Services services, Home home, PrintWriter out) {
    this.services = services;
    this.home = home;
    this.out = out;
  }

  /** Runs the plan, or goes on with it; returns the ended studies, wage first. */
  public List<Study> tell(RunPlan plan, RunState state, boolean terminal) throws IOException {
    List<Path> files = PanelFiles.of(file(plan));
    ImportHeader header =
        PanelFiles.header(String.valueOf(file(plan).getFileName()), plan.mapping());
    List<String> studies = new ArrayList<>();
    int share = Math.max(1, plan.parallel() / 2);
    for (Service service : List.of(Service.WAGE, Service.SATISFACTION)) {
      ImportPanelResponse imported = PanelFiles.importInto(services, service, header, files);
      tellPanel(service, imported);
      int slots = service == Service.WAGE ? Math.max(1, plan.parallel() - share) : share;
      studies.add(createStudy(service, imported.getPanel(), plan, slots, state));
    }
    ProgressDisplay display = new ProgressDisplay(out, terminal);
    return new StudyWatch(services, display, TUNER_PATIENCE).untilEnded(studies);
  }

  private Path file(RunPlan plan) throws IOException {
    if (plan.panel().isPresent()) {
      return plan.panel().get();
    }
    Path file =
        home.subfolder("panels")
            .resolve("synthetic-%d-persons-seed-%d.csv".formatted(plan.persons(), plan.seed()));
    if (!Files.exists(file)) {
      out.printf("writing a synthetic panel of %,d persons%n", plan.persons());
      PanelFiles.synthesize(services, plan.persons(), plan.seed(), file);
    }
    return file;
  }

  private void tellPanel(Service service, ImportPanelResponse imported) {
    Panel panel = imported.getPanel();
    out.printf(
        "%s-service %s %s: %,d person-years of %,d persons, %d to %d%n",
        service.id(),
        imported.getCreated() ? "imported" : "has",
        panel.getName(),
        panel.getPersonYears(),
        panel.getPersons(),
        panel.getFirstYear(),
        panel.getLastYear());
  }

  /** The request id makes this happen once a run, however often the run is started again. */
  private String createStudy(
      Service service, Panel panel, RunPlan plan, int slots, RunState state) {
    StudySpec spec =
        StudySpec.newBuilder()
            .setTask(service.id())
            .setData(
                DataSpec.newBuilder()
                    .setPanel(panel.getName())
                    .setProtocol(Protocol.PROTOCOL_NEW_PERSONS)
                    .setFoldSeed(plan.seed()))
            .setBudget(plan.trials())
            .setParallelism(slots)
            .setSeed(plan.seed())
            .setMaxEpochs(plan.maxEpochs())
            .build();
    Study study =
        services
            .studies()
            .createStudy(
                CreateStudyRequest.newBuilder()
                    .setDisplayName(panel.getDisplayName() + " · " + service.id())
                    .setSpec(spec)
                    .setStart(true)
                    .setRequestId("run-" + state.id() + "-" + service.id())
                    .setReason("ilteo run")
                    .build())
            .getStudy();
    state.put("study." + service.id(), study.getName());
    return study.getName();
  }

  /** How long a study took, from start to end. */
  static Duration duration(Study study) {
    return Duration.ofMillis(
        Durations.toMillis(
            com.google.protobuf.util.Timestamps.between(study.getStartTime(), study.getEndTime())));
  }
}
