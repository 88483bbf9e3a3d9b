package io.ilteo.cli.command;

import io.ilteo.cli.platform.Platform.PartStatus;
import java.util.List;
import picocli.CommandLine.Command;

/** Tells what runs. */
@Command(
    name = "status",
    description = "Tells what runs. Exit code 0 if everything is ready, 5 otherwise.",
    footer = {"", "Examples:", "  ./ilteo status", "  ./ilteo status --json | jq .pid"})
final class StatusCommand extends PlatformCommand {
  @Override
  public Integer call() {
    List<PartStatus> parts = platform().status();
    print(this, parts);
    boolean ready = parts.stream().allMatch(part -> part.state().equals("ready"));
    return ready ? 0 : Failures.UNAVAILABLE;
  }

  static void print(PlatformCommand command, List<PartStatus> parts) {
    if (command.json) {
      parts.forEach(command::printJson);
      return;
    }
    for (PartStatus part : parts) {
      command
          .out()
          .printf(
              "%-22s %-10s %-18s %s%n",
              part.name(),
              part.state(),
              part.address(),
              part.pid() == 0 ? "" : "pid " + part.pid());
    }
  }
}
