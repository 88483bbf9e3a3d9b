package io.ilteo.cli.platform;

import io.ilteo.localpostgres.PlatformDatabase;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The environment variables that make a JVM one replica of a service. */
public final class ServiceEnvironment {
  private ServiceEnvironment() {}

  /**
   * The variables.
   *
   * @param databaseUrl where the replica finds PostgreSQL
   * @param modelServices where a tuner finds the model services, as {@code wage=host:port,…}
   */
  public static Map<String, String> of(
      Home home, Replica replica, String databaseUrl, String modelServices) {
    Service service = replica.service();
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("ILTEO_DB_URL", databaseUrl);
    environment.put("ILTEO_DB_USER", service.id());
    environment.put("ILTEO_DB_SCHEMA", service.id());
    environment.put("ILTEO_HTTP_PORT", Integer.toString(replica.httpPort()));
    environment.put("ILTEO_GRPC_PORT", Integer.toString(replica.grpcPort()));
    environment.put("ILTEO_MODEL_SERVICES", modelServices);
    environment.put(
        "ILTEO_MODEL_TENSOR_FOLDER",
        home.subfolder("cache").resolve("tensors").resolve(replica.name()).toString());
    try {
      environment.put(
          "ILTEO_DB_PASSWORD", PlatformDatabase.password(home.subfolder("secrets"), service.id()));
    } catch (IOException failure) {
      throw new PlatformException("Cannot read a secret: " + failure.getMessage());
    }
    return environment;
  }
}
