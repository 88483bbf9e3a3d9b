package io.ilteo.cli.command;

import picocli.CommandLine.Command;

/** Stops the platform. */
@Command(
    name = "down",
    description = "Stops the services and PostgreSQL; data stays.",
    footer = {"", "Examples:", "  ./ilteo down", "  ./ilteo down && rm -r .ilteo     forget all"})
final class DownCommand extends PlatformCommand {
  @Override
  public Integer call() {
    platform().down();
    if (!json) {
      out().println("everything is stopped");
    }
    return 0;
  }
}
