package io.ilteo.cli.platform;

import java.util.Locale;

/** The ports of the platform on loopback, each with its default. */
public enum PlatformPort {
  POSTGRES(5433),
  TUNER_HTTP(8080),
  TUNER_GRPC(9000),
  WAGE_HTTP(8081),
  WAGE_GRPC(9001),
  SATISFACTION_HTTP(8082),
  SATISFACTION_GRPC(9002);

  private final int defaultPort;

  PlatformPort(int defaultPort) {
    this.defaultPort = defaultPort;
  }

  int defaultPort() {
    return defaultPort;
  }

  String environmentVariable() {
    return "ILTEO_PORT_" + name();
  }

  String property() {
    return "port." + name().toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
