package io.ilteo.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The top of the command line. */
@Command(
    name = "ilteo",
    mixinStandardHelpOptions = true,
    version = "ilteo 0.1.0",
    description =
        "Learns to predict wages and job satisfaction from panel surveys, tunes the models,"
            + " says whether they beat simple baselines, and serves the winners.",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      RunCommand.class,
      PanelCommand.class,
      StudyCommand.class,
      ModelCommand.class,
      ReportCommand.class,
      TokenCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      BenchCommand.class,
      ChaosCommand.class,
      ImageCommand.class,
      DeployCommand.class,
      HelpCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./ilteo run                          the whole story on a synthetic panel",
      "  ./ilteo run --panel my.csv --mapping klips-long --trials 60",
      "  ./ilteo up && ./ilteo study list     start the platform, look around",
      "  ./ilteo test                         every test of the project",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 invalid input, 4 not found, 5 a service does"
          + " not answer."
    })
public final class IlteoCommand implements Runnable {
  @Spec private @org.jspecify.annotations.Nullable CommandSpec spec;

  @Override
  public void run() {
    CommandSpec known = java.util.Objects.requireNonNull(spec);
    throw new ParameterException(known.commandLine(), "Which command?");
  }
}
