package io.ilteo.tuner;

import io.grpc.BindableService;
import io.ilteo.testkit.HostileCallsContract;
import io.quarkus.grpc.GrpcService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The tuner service against callers who mean harm. */
@QuarkusTest
@TestProfile(SecureServerTest.Secured.class)
@QuarkusTestResource(value = SecureServerTest.Surroundings.class, restrictToAnnotatedClass = true)
class HostileCallsTest extends HostileCallsContract {
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
    return List.of("Get", "List", "Watch", "Replay", "Generate");
  }

  @Override
  protected List<String> routes() {
    return List.of(
        "GET /",
        "GET /q/metrics",
        "GET /api/studies",
        "GET /api/studies/1",
        "GET /api/studies/1/trials",
        "GET /api/studies/1/trials.csv",
        "GET /api/studies/1/trials.jsonl",
        "GET /api/studies/1/report",
        "GET /api/studies/events",
        "GET /api/studies/1/events",
        "GET /anything",
        "POST /api/studies",
        "POST /api/call/ilteo.tuner.v1.StudyService/CreateStudy",
        "POST /api/call/ilteo.tuner.v1.StudyService/ListStudies",
        "POST /api/call/no.such.Service/Method",
        "DELETE /api/studies/1");
  }
}
