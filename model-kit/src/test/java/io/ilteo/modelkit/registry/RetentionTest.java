package io.ilteo.modelkit.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.modelkit.panel.SyntheticPanels;
import io.ilteo.modelkit.panel.store.PgPanelStore;
import io.ilteo.modelkit.registry.Retention.Swept;
import io.ilteo.servicekit.jdbc.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static TestDatabase database;
  private static String panel;

  @BeforeAll
  static void migrate() {
    database = TestDatabase.create("wage");
    Flyway.configure()
        .dataSource(database.dataSource())
        .schemas("wage")
        .locations("classpath:db/model-kit")
        .load()
        .migrate();
    panel =
        new PgPanelStore(new Transactions(database.dataSource()))
            .save(SyntheticPanels.imported(100, 1), "x")
            .panel()
            .name();
  }

  @BeforeEach
  void empty() {
    database.execute("DELETE FROM model_alias");
    database.execute("DELETE FROM model_version");
    database.execute("DELETE FROM candidate");
    database.execute("DELETE FROM checkpoint");
  }

  private static Retention keeping(int bestPerStudy) {
    return new Retention(
        new Transactions(database.dataSource()),
        "rmse",
        true,
        bestPerStudy,
        Duration.ofDays(7),
        Duration.ofDays(2));
  }

  /** A network with this RMSE, trained {@code days} ago; its id ends in {@code n}. */
  private static void network(int n, String attempt, int rmse, int days) {
    database.execute(
        """
        INSERT INTO candidate (id, attempt, panel, data, architecture, parameters, seed, metrics,
                               code_version, network, digest, created_at)
        VALUES ('00000000-0000-0000-0000-00000000%04d', '%s', '%s', '{}', 'lstm', '[]', 1,
                '{"rmse": %d}', '1', '\\x00', sha256('\\x00'), now() - interval '%d days')
        """
            .formatted(n, attempt, panel, rmse, days));
  }

  /** A version of network {@code n}. */
  private static void version(int n, int days) {
    database.execute(
        """
        INSERT INTO model_version (candidates, panel_digest, digest, created_at)
        SELECT ARRAY['00000000-0000-0000-0000-00000000%04d'::uuid], digest, sha256('\\x00'),
               now() - interval '%d days' FROM panel
        """
            .formatted(n, days));
  }

  private static List<Integer> left(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        ResultSet row = connection.createStatement().executeQuery(sql)) {
      List<Integer> numbers = new ArrayList<>();
      while (row.next()) {
        numbers.add(row.getInt(1));
      }
      return numbers;
    }
  }

  private static List<Integer> networks() throws SQLException {
    return left("SELECT right(id::text, 4)::int FROM candidate ORDER BY 1");
  }

  private static List<Integer> versions() throws SQLException {
    return left("SELECT right(candidates[1]::text, 4)::int FROM model_version ORDER BY 1");
  }

  @Test
  void theBestOfEachStudyAndTheYoungStay() throws SQLException {
    network(1, "studies/1/trials/1/attempts/1", 70, 30);
    network(2, "studies/1/trials/2/attempts/1", 90, 30);
    network(3, "studies/1/trials/3/attempts/1", 80, 30);
    network(4, "studies/1/trials/4/attempts/1", 99, 1);
    network(5, "studies/2/trials/1/attempts/1", 95, 30);
    network(6, "by hand", 999, 30);
    assertThat(keeping(2).sweep()).isEqualTo(new Swept(0, 1, 0));
    assertThat(networks()).containsExactly(1, 3, 4, 5, 6);
    assertThat(keeping(2).sweep()).isEqualTo(new Swept(0, 0, 0));
  }

  @Test
  void versionsThatServeStayHoweverBad() throws SQLException {
    for (int n = 1; n <= 4; n++) {
      network(n, "studies/1/trials/%d/attempts/1".formatted(n), 60 + n, 30);
      version(n, 30);
    }
    database.execute(
        "INSERT INTO model_alias (alias, version) SELECT 'champion', max(number) FROM model_version");
    assertThat(keeping(1).sweep()).isEqualTo(new Swept(2, 2, 0));
    assertThat(versions()).containsExactly(1, 4);
    assertThat(networks()).containsExactly(1, 4);
  }

  @Test
  void checkpointsOfTrainingsLongGoneAreDeleted() throws SQLException {
    for (int days : new int[] {1, 3}) {
      database.execute(
          "INSERT INTO checkpoint (id, attempt, epoch, state, created_at) VALUES"
              + " (gen_random_uuid(), '%d', 1, '', now() - interval '%d days')"
                  .formatted(days, days));
    }
    assertThat(keeping(1).sweep()).isEqualTo(new Swept(0, 0, 1));
    assertThat(left("SELECT attempt::int FROM checkpoint")).containsExactly(1);
  }

  @Test
  void oneReplicaSweepsAtATime() throws SQLException {
    network(1, "studies/1/trials/1/attempts/1", 70, 30);
    network(2, "studies/1/trials/2/attempts/1", 90, 30);
    try (Connection other = database.dataSource().getConnection()) {
      other.setAutoCommit(false);
      other
          .createStatement()
          .execute("SELECT pg_advisory_xact_lock(hashtextextended('ilteo.retention.wage', 0))");
      assertThat(keeping(1).sweep()).isEqualTo(new Swept(0, 0, 0));
    }
    assertThat(keeping(1).sweep()).isEqualTo(new Swept(0, 1, 0));
  }
}
