package io.ilteo.cli.platform;

/**
 * One process of a service: its name, unique in its home, and its ports on loopback.
 *
 * <p>A platform on a person's machine has one replica of each service, named like it.
 */
public record Replica(Service service, String name, int grpcPort, int httpPort) {
  /** The only replica of a service, at the ports that the home's settings say. */
  static Replica only(Home home, Service service) {
    return new Replica(
        service, service.id(), home.port(service.grpcPort()), home.port(service.httpPort()));
  }

  /** Where its gRPC server listens. */
  public String address() {
    return "127.0.0.1:" + grpcPort;
  }
}
