package io.ilteo.cli.command;

import io.ilteo.cli.chaos.ChaosReport;
import io.ilteo.cli.chaos.ChaosRun;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Hurts a platform of its own, and tells whether it kept its promises. */
@Command(
    name = "chaos",
    description = {
      "Starts a platform of its own (three replicas of each model service, two tuners, PostgreSQL) in"
          + " a temporary folder, runs studies on it, and meanwhile kills and pauses its processes,"
          + " restarts its database, cuts its connections and sets a clock wrong, by a plan that the"
          + " seed decides. Then waits for the studies to end and checks that nothing was lost. Your"
          + " own platform is not touched.",
      "The clock needs libfaketime (Debian: apt-get install libfaketime); without it that fault is"
          + " left out and counted as 0."
    },
    footer = {
      "",
      "Examples:",
      "  ./ilteo chaos --minutes 5",
      "  ./ilteo chaos --seconds 45 --seed 7 --json",
      "",
      "Exit codes: 0 every promise held, 1 one did not (the line says which; the logs are kept),",
      "2 wrong usage."
    })
final class ChaosCommand extends PlatformCommand {
  private static final int MAX_SECONDS = 86_400;

  @Option(names = "--minutes", description = "For how long faults are done (default 5).")
  private int minutes;

  @Option(names = "--seconds", description = "The same in seconds, 10 to 86400.")
  private int seconds;

  @Option(names = "--seed", defaultValue = "1", description = "Decides the plan (default 1).")
  private long seed;

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    if (minutes != 0 && seconds != 0) {
      throw wrongUsage("--minutes or --seconds, not both");
    }
    int wanted = seconds != 0 ? seconds : 60 * (minutes != 0 ? minutes : 5);
    if (wanted < 10 || wanted > MAX_SECONDS) {
      throw wrongUsage("%d seconds; 10 to %d".formatted(wanted, MAX_SECONDS));
    }
    long begun = System.nanoTime();
    ChaosReport report =
        new ChaosRun(
                home().projectRoot(),
                seed,
                Duration.ofSeconds(wanted),
                line ->
                    err()
                        .printf(
                            "%4d s  %s%n",
                            Duration.ofNanos(System.nanoTime() - begun).toSeconds(), line))
            .run();
    if (json) {
      printJson(report.values());
    } else {
      report.print(out());
    }
    return report.passed() ? 0 : Failures.FAILED;
  }
}
