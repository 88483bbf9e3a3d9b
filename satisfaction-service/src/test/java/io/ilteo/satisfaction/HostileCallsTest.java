package io.ilteo.satisfaction;

import io.ilteo.testkit.HostileCallsContract;
import io.ilteo.testkit.SecuredService;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;

/** The satisfaction service against callers who mean harm. */
@QuarkusTest
@TestProfile(HostileCallsTest.Secured.class)
class HostileCallsTest extends HostileCallsContract {
  /** Starts a server in these surroundings, one for all tests with this profile. */
  public static final class Secured implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Surroundings.class));
    }

    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }
  }

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
