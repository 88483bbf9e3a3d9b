package io.ilteo.cli.command;

import io.ilteo.cli.client.Services;
import io.ilteo.cli.client.StudyProgressLine;
import io.ilteo.cli.client.Values;
import io.ilteo.proto.tuner.v1.GetStudyRequest;
import io.ilteo.proto.tuner.v1.ListStudiesRequest;
import io.ilteo.proto.tuner.v1.ListTrialsRequest;
import io.ilteo.proto.tuner.v1.PauseStudyRequest;
import io.ilteo.proto.tuner.v1.ReplayStudyRequest;
import io.ilteo.proto.tuner.v1.StartStudyRequest;
import io.ilteo.proto.tuner.v1.StopStudyRequest;
import io.ilteo.proto.tuner.v1.Study;
import io.ilteo.proto.tuner.v1.Trial;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows studies and acts on them. */
@Command(
    name = "study",
    mixinStandardHelpOptions = true,
    description = "Shows studies and acts on them.",
    subcommands = {
      StudyCommand.Listing.class,
      StudyCommand.Show.class,
      StudyCommand.Trials.class,
      StudyCreateCommand.class,
      StudyFrontCommand.class,
      StudyCommand.Start.class,
      StudyCommand.Pause.class,
      StudyCommand.Stop.class,
      StudyCommand.Replay.class
    },
    footer = {
      "",
      "Examples:",
      "  ./ilteo study list",
      "  ./ilteo study trials studies/1 --json",
      "  ./ilteo study create docs/examples/ask_tell.json --start",
      "  ./ilteo study stop studies/1 --reason 'wrong panel'",
      "  ./ilteo study replay studies/1"
    })
final class StudyCommand implements Runnable {
  @picocli.CommandLine.Spec
  private picocli.CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

  @Override
  public void run() {
    Objects.requireNonNull(spec).commandLine().usage(System.out);
  }

  static void print(PlatformCommand command, Study study) {
    String state = word(study.getState().name(), "STUDY_STATE_");
    if (command.json) {
      command.printJson(
          Map.of(
              "name", study.getName(),
              "display_name", study.getDisplayName(),
              "task", study.getSpec().getTask(),
              "state", state,
              "budget", study.getSpec().getBudget(),
              "completed", study.getProgress().getCompleted(),
              "pruned", study.getProgress().getPruned(),
              "failed", study.getProgress().getFailed(),
              "best_trial", study.getProgress().getBestTrial(),
              "best_values", study.getProgress().getBestValuesList()));
    } else {
      command.out().printf("%-12s %-10s %s%n", study.getName(), state, StudyProgressLine.of(study));
    }
  }

  static String word(String name, String prefix) {
    return name.startsWith(prefix)
        ? name.substring(prefix.length()).toLowerCase(Locale.ROOT)
        : name.toLowerCase(Locale.ROOT);
  }

  /** Lists studies. */
  @Command(name = "list", description = "Lists studies, newest first.")
  static final class Listing extends PlatformCommand {
    @Override
    public Integer call() {
      try (Services services = services()) {
        services
            .studies()
            .listStudies(ListStudiesRequest.getDefaultInstance())
            .getStudiesList()
            .forEach(study -> print(this, study));
      }
      return 0;
    }
  }

  /** Shows one study. */
  @Command(name = "show", description = "Shows one study.")
  static final class Show extends PlatformCommand {
    @Parameters(paramLabel = "STUDY", description = "E.g. studies/1.")
    private String name = "";

    @Override
    public Integer call() {
      try (Services services = services()) {
        print(
            this,
            services
                .studies()
                .getStudy(GetStudyRequest.newBuilder().setName(name).build())
                .getStudy());
      }
      return 0;
    }
  }

  /** Lists a study's trials. */
  @Command(name = "trials", description = "Lists a study's trials.")
  static final class Trials extends PlatformCommand {
    private static final int PAGE = 1_000;

    @Parameters(paramLabel = "STUDY", description = "E.g. studies/1.")
    private String name = "";

    @Override
    public Integer call() {
      try (Services services = services()) {
        String token = "";
        do {
          var page =
              services
                  .trials()
                  .listTrials(
                      ListTrialsRequest.newBuilder()
                          .setStudy(name)
                          .setPageSize(PAGE)
                          .setPageToken(token)
                          .build());
          page.getTrialsList().forEach(this::show);
          token = page.getNextPageToken();
        } while (!token.isEmpty());
      }
      return 0;
    }

    private void show(Trial trial) {
      String state = word(trial.getState().name(), "TRIAL_STATE_");
      String parameters = Values.parameters(trial.getParametersList());
      if (json) {
        printJson(
            Map.of(
                "name", trial.getName(),
                "state", state,
                "objectives", trial.getObjectivesList(),
                "parameters", parameters,
                "reason", trial.getReason()));
        return;
      }
      String value = trial.getObjectivesCount() == 0 ? "" : Values.number(trial.getObjectives(0));
      out()
          .printf(
              "%-24s %-10s %-10s %s %s%n",
              trial.getName(), state, value, parameters, trial.getReason());
    }
  }

  /** Computes a study's suggestions again. */
  @Command(
      name = "replay",
      description = {
        "Computes every suggestion again from the record; exit code 1 if one comes out different.",
        "For studies of up to some thousand trials."
      })
  static final class Replay extends PlatformCommand {
    @Parameters(paramLabel = "STUDY", description = "E.g. studies/1.")
    private String name = "";

    @Override
    public Integer call() {
      try (Services services = services()) {
        var replay =
            services.studies().replayStudy(ReplayStudyRequest.newBuilder().setStudy(name).build());
        boolean same = replay.getReproduced() == replay.getSuggestions();
        if (json) {
          printJson(
              Map.of(
                  "study", name,
                  "suggestions", replay.getSuggestions(),
                  "reproduced", replay.getReproduced(),
                  "first_difference", replay.getFirstDifference()));
        } else {
          out()
              .printf(
                  "%d of %d suggestions came out bit for bit as recorded%s%n",
                  replay.getReproduced(),
                  replay.getSuggestions(),
                  same ? "." : "; the first that did not: " + replay.getFirstDifference());
        }
        return same ? 0 : Failures.FAILED;
      }
    }
  }

  /** A command that changes one study's state. */
  abstract static class Change extends PlatformCommand {
    @Parameters(paramLabel = "STUDY", description = "E.g. studies/1.")
    String name = "";

    @Option(names = "--reason", defaultValue = "", description = "Why, for the audit log.")
    String reason = "";

    abstract Study change(Services services);

    @Override
    public Integer call() {
      try (Services services = services()) {
        print(this, change(services));
      }
      return 0;
    }
  }

  /** Starts a study. */
  @Command(name = "start", description = "Starts or resumes a study.")
  static final class Start extends Change {
    @Override
    Study change(Services services) {
      return services
          .studies()
          .startStudy(StartStudyRequest.newBuilder().setName(name).setReason(reason).build())
          .getStudy();
    }
  }

  /** Pauses a study. */
  @Command(name = "pause", description = "Pauses a study: running trials go on to their end.")
  static final class Pause extends Change {
    @Override
    Study change(Services services) {
      return services
          .studies()
          .pauseStudy(PauseStudyRequest.newBuilder().setName(name).setReason(reason).build())
          .getStudy();
    }
  }

  /** Stops a study. */
  @Command(name = "stop", description = "Stops a study: running trials are cancelled.")
  static final class Stop extends Change {
    @Override
    Study change(Services services) {
      return services
          .studies()
          .stopStudy(StopStudyRequest.newBuilder().setName(name).setReason(reason).build())
          .getStudy();
    }
  }
}
