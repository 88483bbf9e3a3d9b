package io.ilteo.tuner.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.tuner.TunerFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/**
 * What a cluster scales training replicas by: the query of {@code deploy/kubernetes}, on today's
 * schema, as the role that asks it and with no more than that role was given.
 */
class ScalingQueryTest {
  private static final Path COMPONENTS =
      Path.of("..").toAbsolutePath().normalize().resolve("deploy/kubernetes/components");
  private static final String ROLE = "queue_reader";

  @Test
  void wantedAreTheTrialsThatRunningStudiesOfTheTaskMayRunAtATime() throws Exception {
    TestDatabase database = TestDatabase.create("tuner");
    createReader(database);
    try (TunerFixture tuner = TunerFixture.on(database, "")) {
      tuner.running(askAndTell(10, 4));
      tuner.running(askAndTell(3, 8));
      long paused = tuner.running(askAndTell(50, 50)).id().value();
      database.execute(
          "UPDATE study SET task = 'wage'",
          "UPDATE study SET state = 'PAUSED' WHERE id = " + paused);

      assertThat(wanted(database, "wage")).isEqualTo(4 + 3);
      assertThat(wanted(database, "satisfaction")).isZero();
      assertThatThrownBy(() -> ask(database, "DELETE FROM tuner.study RETURNING 1"))
          .hasMessageContaining("permission denied");
    }
  }

  /** As the database's operator does it, before a service has made its tables. */
  private static void createReader(TestDatabase database) throws IOException, SQLException {
    JsonNode cluster = yaml("cloudnative-pg/cluster.yaml");
    try (Connection superuser = database.superuser();
        Statement statement = superuser.createStatement()) {
      // Roles are the server's, which other tests share.
      statement.execute(
          "DO $$ BEGIN CREATE ROLE queue_reader; EXCEPTION WHEN duplicate_object THEN END $$");
      int given = 0;
      for (JsonNode sql : cluster.at("/spec/bootstrap/initdb/postInitApplicationSQL")) {
        if (sql.asText().contains(ROLE) && !sql.asText().startsWith("CREATE ROLE")) {
          statement.execute(sql.asText());
          given++;
        }
      }
      assertThat(given).isEqualTo(2);
    }
  }

  private static long wanted(TestDatabase database, String task) throws Exception {
    return ask(
        database, yaml("keda/" + task + ".yaml").at("/spec/triggers/0/metadata/query").asText());
  }

  private static long ask(TestDatabase database, String sql) throws SQLException {
    try (Connection connection = database.superuser();
        Statement statement = connection.createStatement()) {
      statement.execute("SET ROLE " + ROLE);
      try (ResultSet row = statement.executeQuery(sql)) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** The first document of a manifest. */
  private static JsonNode yaml(String file) throws IOException {
    return new YAMLMapper().readTree(COMPONENTS.resolve(file).toFile());
  }

  private static StudySpec askAndTell(int budget, int parallelism) {
    return TunerFixture.driven(9).setBudget(budget).setParallelism(parallelism).build();
  }
}
