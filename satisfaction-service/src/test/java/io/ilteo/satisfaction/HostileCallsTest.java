package io.ilteo.satisfaction;

import io.ilteo.testkit.HostileCallsContract;
import io.ilteo.testkit.SecuredService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;

/** The satisfaction service against callers who mean harm. */
@QuarkusTest
@TestProfile(HostileCallsTest.Secured.class)
@QuarkusTestResource(value = HostileCallsTest.Surroundings.class, restrictToAnnotatedClass = true)
class HostileCallsTest extends HostileCallsContract {
  /** Of its own, so that the server is started anew. */
  public static final class Secured implements QuarkusTestProfile {}

  /** A satisfaction service that others could reach. */
  public static final class Surroundings extends SecuredService {
    public Surroundings() {
      super("satisfaction");
    }
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
