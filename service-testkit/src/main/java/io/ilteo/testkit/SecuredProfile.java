package io.ilteo.testkit;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** Starts a server in the surroundings of {@link SecuredService}, one for all tests with it. */
public abstract class SecuredProfile implements QuarkusTestProfile {
  private final String schema;

  /** For the service whose schema this is. */
  protected SecuredProfile(String schema) {
    this.schema = schema;
  }

  @Override
  public final List<TestResourceEntry> testResources() {
    return List.of(
        new TestResourceEntry(SecuredService.class, Map.of(SecuredService.SCHEMA, schema)));
  }

  /** Those of other tests, which need no security. */
  @Override
  public final boolean disableGlobalTestResources() {
    return true;
  }
}
