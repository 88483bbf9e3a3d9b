package io.ilteo.wage;

import io.grpc.BindableService;
import io.ilteo.testkit.HostileCallsContract;
import io.ilteo.testkit.SecuredService;
import io.quarkus.grpc.GrpcService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The wage service against callers who mean harm. */
@QuarkusTest
@TestProfile(HostileCallsTest.Secured.class)
@QuarkusTestResource(value = HostileCallsTest.Surroundings.class, restrictToAnnotatedClass = true)
class HostileCallsTest extends HostileCallsContract {
  /** Of its own, so that the server is started anew. */
  public static final class Secured implements QuarkusTestProfile {}

  /** A wage service that others could reach. */
  public static final class Surroundings extends SecuredService {
    public Surroundings() {
      super("wage");
    }
  }

  @Inject
  @ConfigProperty(name = "ilteo.tls.client-ca")
  Path authority;

  @ConfigProperty(name = "quarkus.grpc.server.test-port")
  int grpcPort;

  @ConfigProperty(name = "quarkus.http.test-ssl-port")
  int httpsPort;

  @Inject @GrpcService Instance<BindableService> services;

  @Override
  protected int grpcPort() {
    return grpcPort;
  }

  @Override
  protected int httpsPort() {
    return httpsPort;
  }

  @Override
  protected Path authority() {
    return authority;
  }

  @Override
  protected Iterable<BindableService> services() {
    return services;
  }

  @Override
  protected List<String> reading() {
    return List.of("Get", "List", "Describe", "Predict", "StreamPredict", "Server", "Model");
  }

  @Override
  protected List<String> routes() {
    return List.of("GET /q/metrics", "GET /", "GET /anything", "POST /anything");
  }
}
