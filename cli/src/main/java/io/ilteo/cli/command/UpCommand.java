package io.ilteo.cli.command;

import io.ilteo.cli.platform.PlatformException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the platform. */
@Command(
    name = "up",
    description = "Starts PostgreSQL and the three services; what runs is left alone.",
    footer = {
      "",
      "State lives in .ilteo, or in ILTEO_HOME. Ports: postgres, tuner.http, tuner.grpc, wage.http,",
      "wage.grpc, satisfaction.http, satisfaction.grpc; kept in config.properties there, and",
      "overridden by the environment (ILTEO_PORT_TUNER_HTTP).",
      "",
      "Examples:",
      "  ./ilteo up",
      "  ./ilteo up --port tuner.http=8090 --port postgres=5440",
      "  ILTEO_HOME=/data/ilteo ./ilteo up"
    })
final class UpCommand extends PlatformCommand {
  @Option(
      names = "--port",
      paramLabel = "NAME=NUMBER",
      description = "A port, kept for later commands; may be repeated.")
  private Map<String, Integer> ports = new LinkedHashMap<>();

  @Override
  public Integer call() {
    if (!ports.isEmpty()) {
      home().keepPorts(ports);
    }
    elsewhere()
        .ifPresent(
            setting -> {
              throw new PlatformException(
                  setting
                      + ", so a platform here would stand idle; unset it, or use another ILTEO_HOME.");
            });
    platform().up(step -> err().println("starting " + step));
    StatusCommand.print(this, platform().status());
    return 0;
  }
}
