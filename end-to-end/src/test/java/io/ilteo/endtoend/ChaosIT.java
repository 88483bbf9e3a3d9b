package io.ilteo.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ilteo.endtoend.Installation.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short {@code ./ilteo chaos}, with each kind of fault at least once. */
class ChaosIT {
  @TempDir Path home;

  @Test
  void platformThatIsHurtLosesNothing() throws Exception {
    // A platform of its own: the installation lends it nothing but the command line.
    Result run =
        new Installation(home).run("chaos", "--seconds", "35", "--seed", "20260101", "--json");

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    JsonNode result = run.json().getLast();
    assertThat(result.path("checks")).hasSizeGreaterThan(15);
    assertThat(result.path("checks")).allMatch(check -> check.path("held").asBoolean());
    assertThat(result.path("faults").path("kill").asInt()).isPositive();
    assertThat(result.path("faults").path("pause beyond lease").asInt()).isPositive();
    assertThat(result.path("faults").path("kill database").asInt()).isPositive();
    assertThat(result.path("figures").path("studies").asInt()).isGreaterThanOrEqualTo(2);
  }
}
