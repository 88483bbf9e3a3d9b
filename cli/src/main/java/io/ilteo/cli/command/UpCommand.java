package io.ilteo.cli.command;

import picocli.CommandLine.Command;

/** Starts the platform. */
@Command(
    name = "up",
    description = "Starts PostgreSQL and the three services; what runs is left alone.",
    footer = {
      "",
      "Ports are read from .ilteo/config.properties (e.g. port.tuner.http=8090) or the environment",
      "(ILTEO_PORT_TUNER_HTTP). State lives in .ilteo, or in ILTEO_HOME."
    })
final class UpCommand extends PlatformCommand {
  @Override
  public Integer call() {
    platform().up(step -> err().println("starting " + step));
    StatusCommand.print(this, platform().status());
    return 0;
  }
}
