package io.ilteo.cli.run;

import com.google.protobuf.util.Durations;
import io.grpc.StatusRuntimeException;
import io.ilteo.cli.client.PanelFiles;
import io.ilteo.cli.client.Services;
import io.ilteo.cli.client.Statuses;
import io.ilteo.cli.platform.Home;
import io.ilteo.cli.platform.Pause;
import io.ilteo.cli.platform.Service;
import io.ilteo.proto.model.v1.DataSpec;
import io.ilteo.proto.model.v1.DescribeTaskRequest;
import io.ilteo.proto.model.v1.Protocol;
import io.ilteo.proto.panel.v1.ImportHeader;
import io.ilteo.proto.panel.v1.ImportPanelResponse;
import io.ilteo.proto.panel.v1.Panel;
import io.ilteo.proto.search.v1.Parameter;
import io.ilteo.proto.tuner.v1.Configuration;
import io.ilteo.proto.tuner.v1.CreateStudyRequest;
import io.ilteo.proto.tuner.v1.PrunerSpec;
import io.ilteo.proto.tuner.v1.Study;
import io.ilteo.proto.tuner.v1.StudySpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One run: a panel is imported, every model of the plan is searched for, and each winner is
 * confirmed on fresh seeds and evaluated once on the test fold.
 */
public final class Story {
  private static final Duration TUNER_PATIENCE = Duration.ofMinutes(30);
  private static final int MOST_INTERRUPTIONS = 10;
  private static final long INTERRUPTION_MILLIS = 3_000;

  /**
   * Of the searches: a third goes on after 3 epochs, a third of that after 9. The origin report's
   * space is expensive; to the end of each trial it would take three times as long.
   */
  private static final PrunerSpec HALVING =
      PrunerSpec.newBuilder()
          .setName("successive_halving")
          .putSettings("min_resource", 3)
          .putSettings("reduction_factor", 3)
          .build();

  private final Services services;
  private final Home home;
  private final PrintWriter out;

  public Story(Services services, Home home, PrintWriter out) {
    this.services = services;
    this.home = home;
    this.out = out;
  }

  /** Runs the plan, or goes on with it; returns what came of each model, in the plan's order. */
  public List<Outcome> tell(RunPlan plan, RunState state, boolean terminal) throws IOException {
    List<Path> files = PanelFiles.of(file(plan));
    ImportHeader header =
        PanelFiles.header(String.valueOf(file(plan).getFileName()), plan.mapping());
    Map<Service, Panel> panels = new EnumMap<>(Service.class);
    for (Service service : List.of(Service.WAGE, Service.SATISFACTION)) {
      ImportPanelResponse imported = PanelFiles.importInto(services, service, header, files);
      tellPanel(service, imported);
      panels.put(service, imported.getPanel());
    }
    Map<String, Chapter> chapters = new LinkedHashMap<>();
    for (Chapter chapter : plan.chapters()) {
      Panel panel = Objects.requireNonNull(panels.get(chapter.service()));
      chapters.put(createStudy(chapter, panel, plan, state), chapter);
    }
    StudyWatch watch = new StudyWatch(services, new ProgressDisplay(out, terminal), TUNER_PATIENCE);
    return end(watch, chapters, plan.confirmationSeeds());
  }

  /**
   * Waits for the studies and holds their finals. Where a service goes away in between, this goes
   * on where it stood, as a run that is started again does: what was confirmed or promoted stays
   * so.
   */
  private List<Outcome> end(StudyWatch watch, Map<String, Chapter> chapters, int seeds) {
    Finals finals = new Finals(services, watch, out);
    for (int interruption = 0; ; interruption++) {
      List<Study> studies = watch.untilEnded(List.copyOf(chapters.keySet()));
      try {
        return finals.hold(studies, chapters, seeds);
      } catch (StatusRuntimeException failure) {
        if (!StudyWatch.passes(failure) || interruption == MOST_INTERRUPTIONS) {
          throw failure;
        }
        out.printf(
            "a service does not answer (%s); going on%n", Statuses.reason(failure.getStatus()));
        Pause.millis(INTERRUPTION_MILLIS);
      }
    }
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

  /**
   * The request id makes this happen once a run, however often the run is started again. The
   * studies share the networks that are trained at a time, so that the slower ones get the slots of
   * those that have ended.
   */
  private String createStudy(Chapter chapter, Panel panel, RunPlan plan, RunState state) {
    StudySpec.Builder spec =
        StudySpec.newBuilder()
            .setTask(chapter.service().id())
            .setArchitecture(chapter.architecture())
            .setData(
                DataSpec.newBuilder()
                    .setPanel(panel.getName())
                    .setProtocol(Protocol.PROTOCOL_NEW_PERSONS)
                    .setFoldSeed(plan.seed()))
            .setBudget(chapter.budget(plan.trials()))
            .setParallelism(plan.parallel())
            .setComputeGroup("run-" + state.id())
            .setSeed(plan.seed())
            .setMaxEpochs(plan.maxEpochs());
    if (chapter.untuned()) {
      spec.addEnqueued(defaults(chapter));
    } else {
      spec.setPruner(HALVING);
    }
    Study study =
        services
            .studies()
            .createStudy(
                CreateStudyRequest.newBuilder()
                    .setDisplayName(panel.getDisplayName() + " · " + chapter.title())
                    .setSpec(spec)
                    .setStart(true)
                    .setRequestId("run-" + state.id() + "-" + chapter.id())
                    .setReason("ilteo run")
                    .build())
            .getStudy();
    state.put("study." + chapter.id(), study.getName());
    return study.getName();
  }

  /** The architecture as its service sets it up by default. */
  private Configuration defaults(Chapter chapter) {
    Configuration.Builder configuration = Configuration.newBuilder();
    services
        .training(chapter.service())
        .describeTask(DescribeTaskRequest.getDefaultInstance())
        .getTask()
        .getArchitecturesList()
        .stream()
        .filter(each -> each.getName().equals(chapter.architecture()))
        .flatMap(each -> each.getSearchSpace().getParametersList().stream())
        .forEach(
            parameter ->
                configuration.addParameters(
                    Parameter.newBuilder()
                        .setName(parameter.getName())
                        .setValue(parameter.getDefaultValue())));
    return configuration.build();
  }

  /** How long a study took, from start to end. */
  static Duration duration(Study study) {
    return Duration.ofMillis(
        Durations.toMillis(
            com.google.protobuf.util.Timestamps.between(study.getStartTime(), study.getEndTime())));
  }
}
