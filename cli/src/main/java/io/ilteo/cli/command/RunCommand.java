package io.ilteo.cli.command;

import io.ilteo.cli.client.Services;
import io.ilteo.cli.run.Outcome;
import io.ilteo.cli.run.RunPlan;
import io.ilteo.cli.run.RunState;
import io.ilteo.cli.run.Story;
import io.ilteo.cli.run.Winners;
import io.ilteo.proto.tuner.v1.Study;
import io.ilteo.proto.tuner.v1.StudyState;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole story: panel, studies, winners, report. */
@Command(
    name = "run",
    description =
        "Starts the platform if it is down (not where server.* names one elsewhere), imports a panel, and tells the origin report's story:"
            + " its first joint model, the tuned joint model, and a wage and a satisfaction model"
            + " tuned apart. Each winner is trained again on fresh seeds and read once on the test"
            + " fold; all stand beside the baselines in the report at the end. A run that was"
            + " interrupted goes on when it is started again with the same options.",
    footer = {
      "",
      "Examples:",
      "  ./ilteo run",
      "  ./ilteo run --trials 3 --persons 1000",
      "  ./ilteo run --panel soep.csv --mapping soep --trials 30 --parallel 2"
    })
final class RunCommand extends PlatformCommand {
  @Option(names = "--panel", paramLabel = "FILE", description = "Your panel; default: synthetic.")
  private @Nullable Path panel;

  @Option(
      names = "--mapping",
      paramLabel = "NAME",
      description = "Shipped mapping or YAML file; needed with --panel.")
  private @Nullable String mapping;

  @Option(names = "--trials", defaultValue = "30", description = "Trials a study (default 30).")
  private int trials;

  @Option(
      names = "--persons",
      defaultValue = "2000",
      description = "Persons of the synthetic panel (default 2000).")
  private int persons;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of everything (default 1).")
  private long seed;

  @Option(
      names = "--parallel",
      defaultValue = "0",
      description = "Networks trained at a time (default: cores).")
  private int parallel;

  @Option(
      names = "--max-epochs",
      defaultValue = "0",
      description = "Epochs a trial at most (default: 25).")
  private int maxEpochs;

  @Option(
      names = "--without-joint",
      description = "Leave out the origin report's joint models: half the time.")
  private boolean withoutJoint;

  @Override
  public Integer call() throws IOException {
    RunPlan plan = plan();
    Optional<String> elsewhere = elsewhere();
    if (elsewhere.isEmpty()) {
      platform().up(step -> err().println("starting " + step));
    } else {
      err().println(elsewhere.get() + ": nothing is started here");
    }
    RunState state = RunState.of(home().subfolder("run"), plan);
    try (Services services = services()) {
      Story story = new Story(services, home(), json ? err() : out());
      boolean terminal = System.console() != null && System.console().isTerminal() && !json;
      List<Outcome> outcomes = story.tell(plan, state, terminal);
      List<Study> studies = outcomes.stream().map(Outcome::study).toList();
      tell(services, outcomes, writeReports(services, studies));
      state.finish();
      return studies.stream().allMatch(RunCommand::completed) ? 0 : Failures.FAILED;
    }
  }

  private RunPlan plan() throws NoSuchFileException {
    if (panel != null && mapping == null) {
      throw wrongUsage("--panel needs --mapping; ./ilteo panel mappings lists them");
    }
    if (panel != null && !java.nio.file.Files.exists(panel)) {
      throw new NoSuchFileException(panel.toString());
    }
    if (trials < 1) {
      throw wrongUsage("--trials is " + trials + "; it must be at least 1");
    }
    int cores = Runtime.getRuntime().availableProcessors();
    return new RunPlan(
        Optional.ofNullable(panel),
        mapping == null ? "klips-long" : mapping,
        persons,
        trials,
        seed,
        parallel > 0 ? parallel : Math.max(2, cores),
        maxEpochs,
        !withoutJoint);
  }

  /** In both languages and both forms; empty where no study has a result to report. */
  private List<Path> writeReports(Services services, List<Study> studies) throws IOException {
    List<Path> written = new ArrayList<>();
    if (studies.stream().allMatch(study -> study.getProgress().getBestTrial().isEmpty())) {
      return written;
    }
    List<String> names = studies.stream().map(Study::getName).toList();
    String stem = "report-" + String.join("-", names).replace("studies/", "");
    Path folder = home().subfolder("reports");
    for (ReportCommand.Language language : ReportCommand.Language.values()) {
      for (ReportCommand.Format format : ReportCommand.Format.values()) {
        Path target = folder.resolve(stem + "." + language.tag() + "." + format.ending());
        ReportCommand.write(services, names, language, format, target);
        written.add(target);
      }
    }
    return written;
  }

  private void tell(Services services, List<Outcome> outcomes, List<Path> reports) {
    Winners winners = new Winners(services);
    if (json) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("studies", winners.values(outcomes));
      if (!reports.isEmpty()) {
        result.put("report", reports.getFirst().toString());
        result.put("reports", reports.stream().map(Path::toString).toList());
      }
      printJson(result);
      return;
    }
    winners.print(outcomes, out());
    out().println();
    if (reports.isEmpty()) {
      out().println("no trial completed: no report");
    }
    reports.forEach(report -> out().println("report: " + report));
  }

  private static boolean completed(Study study) {
    return study.getState() == StudyState.STUDY_STATE_COMPLETED;
  }
}
