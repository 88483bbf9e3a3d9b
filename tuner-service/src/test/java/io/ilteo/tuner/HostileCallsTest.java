package io.ilteo.tuner;

import io.ilteo.testkit.HostileCallsContract;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** The tuner service against callers who mean harm. */
@QuarkusTest
@Tag("quarkus")
@TestProfile(SecureServerTest.Secured.class)
class HostileCallsTest extends HostileCallsContract {
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
