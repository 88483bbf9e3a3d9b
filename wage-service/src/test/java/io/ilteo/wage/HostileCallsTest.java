package io.ilteo.wage;

import io.ilteo.testkit.HostileCallsContract;
import io.ilteo.testkit.SecuredProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;

/** The wage service against callers who mean harm. */
@QuarkusTest
@TestProfile(HostileCallsTest.Secured.class)
class HostileCallsTest extends HostileCallsContract {
  /** What all tests on this server share. */
  public static final class Secured extends SecuredProfile {
    public Secured() {
      super("wage");
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
