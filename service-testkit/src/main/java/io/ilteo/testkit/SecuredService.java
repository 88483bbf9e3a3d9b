package io.ilteo.testkit;

import io.ilteo.localpostgres.FreePorts;
import io.ilteo.localpostgres.TestDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Surroundings of a server that others could reach: a database, certificates, {@link Tokens}. */
public final class SecuredService implements QuarkusTestResourceLifecycleManager {
  /** The argument that names the schema of the service. */
  static final String SCHEMA = "schema";

  private String schema = "";

  @Override
  public void init(Map<String, String> arguments) {
    schema = arguments.getOrDefault(SCHEMA, "");
  }

  @Override
  public Map<String, String> start() {
    try {
      Path folder = Files.createTempDirectory("ilteo-secure");
      Certificates certificates = Certificates.newIn(folder).issue("server").issue("tuner-service");
      Path tokens = Files.writeString(folder.resolve("tokens"), Tokens.file());
      TestDatabase database = TestDatabase.create(schema);
      Map<String, String> settings = new HashMap<>();
      settings.put("quarkus.datasource.jdbc.url", database.jdbcUrl());
      settings.put("quarkus.datasource.username", database.user());
      settings.put("quarkus.datasource.password", database.password());
      settings.put("ilteo.model-services", "dead=127.0.0.1:1");
      settings.put("quarkus.grpc.server.test-port", Integer.toString(FreePorts.next()));
      settings.put("quarkus.http.test-ssl-port", Integer.toString(FreePorts.next()));
      settings.put("ilteo.tls.certificate", certificates.certificate("server").toString());
      settings.put("ilteo.tls.key", certificates.key("server").toString());
      settings.put("ilteo.tls.client-ca", certificates.authority().toString());
      settings.put("ilteo.tls.reload-every", "100ms");
      settings.put("ilteo.auth.tokens", "true");
      // Hostile calls should reach what they attack; the limits have tests of their own.
      settings.put("ilteo.auth.calls-per-second", "100000");
      settings.put("ilteo.auth.refusals-per-second", "100000");
      settings.put("ilteo.auth.tokens-file", tokens.toString());
      settings.put("ilteo.auth.peers", "tuner-service=admin");
      return settings;
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void stop() {}
}
