package io.ilteo.modelkit.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.SyntheticPanels;
import io.ilteo.modelkit.panel.store.PgPanelStore;
import io.ilteo.proto.model.v1.ModelVersion;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import io.ilteo.servicekit.jdbc.Transactions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * From each version that a model service's schema ever had, with rows as that version wrote them,
 * to the newest: today's stores read all of it.
 */
class UpgradeTest {
  private static final String PANEL = "panels/0cb5dbeddb62df62";

  @TestFactory
  List<DynamicTest> everyEarlierVersionUpgradesToTheNewest() {
    // Goes from version to version; what is upgraded to the newest is a copy.
    TestDatabase aging = TestDatabase.create("wage");
    return Arrays.stream(flyway(aging, MigrationVersion.LATEST).info().all())
        .map(MigrationInfo::getVersion)
        .map(
            version ->
                DynamicTest.dynamicTest(
                    "from version " + version, () -> upgradeFrom(version, aging)))
        .toList();
  }

  private static Flyway flyway(TestDatabase database, MigrationVersion target) {
    return Flyway.configure()
        .dataSource(database.dataSource())
        .schemas("wage")
        .locations("classpath:db/model-kit")
        .target(target)
        .load();
  }

  private static void upgradeFrom(MigrationVersion version, TestDatabase aging) throws Exception {
    flyway(aging, version).migrate();
    aging.execute(rowsOf(version));
    TestDatabase database = aging.copy();
    flyway(database, MigrationVersion.LATEST).migrate();
    int from = Integer.parseInt(version.getVersion());
    Transactions transactions = new Transactions(database.dataSource());
    assertPanel(new PgPanelStore(transactions));
    if (from >= 11) {
      assertFirstVersion(transactions);
    }
    if (from >= 12) {
      assertServableVersion(transactions);
    }
    assertThat(count(transactions, "SELECT count(*) FROM change_event WHERE actor = 'kim'"))
        .isEqualTo(from >= 14 ? 1 : 0);
    if (from >= 10) {
      assertThat(count(transactions, "SELECT count(*) FROM checkpoint WHERE state = '\\x0102ff'"))
          .isEqualTo(1);
      assertThat(
              count(transactions, "SELECT count(*) FROM candidate WHERE digest = sha256(network)"))
          .isEqualTo(from >= 13 ? 4 : from >= 12 ? 2 : 1);
    }
  }

  /** Every version has a script: one that is forgotten fails here. */
  private static String rowsOf(MigrationVersion version) throws IOException {
    String script = "/upgrade/V" + version + ".sql";
    try (InputStream in = UpgradeTest.class.getResourceAsStream(script)) {
      assertThat(in).as(script + ": rows as that version writes them").isNotNull();
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void assertPanel(PgPanelStore panels) {
    Panel panel = panels.load(PANEL);
    assertThat(panel.digest()).startsWith("0cb5dbeddb62df62");
    assertThat(panel.personYears()).isEqualTo(1055);
    // The same values as the importer reads today.
    Panel today = SyntheticPanels.imported(100, 9).panel();
    for (String column : List.of("wage", "satisfaction", "age")) {
      for (int row = 0; row < panel.personYears(); row += 50) {
        assertThat(Float.floatToIntBits(panel.column(column).value(row)))
            .isEqualTo(Float.floatToIntBits(today.column(column).value(row)));
      }
    }
    assertThat(panels.describe(PANEL).displayName()).isEqualTo("small.csv");
  }

  private static void assertFirstVersion(Transactions transactions) {
    ModelVersions versions = new ModelVersions(transactions, "wage");
    ModelVersion first = versions.get("models/wage/versions/1");
    assertThat(first.getAliasesList()).containsExactly("champion");
    assertThat(first.getLineage().getAttemptsList())
        .containsExactly("studies/1/trials/1/attempts/1");
    assertThat(first.getLineage().getData().getPanel()).isEqualTo(PANEL);
    assertThat(first.getEvaluationsList())
        .singleElement()
        .satisfies(
            reading -> assertThat(reading.getModel().getMetrics(0).getValue()).isEqualTo(61.5));
    assertThat(new Aliases(transactions, "wage").events("champion", 10, Long.MAX_VALUE).events())
        .singleElement()
        .satisfies(event -> assertThat(event.getReason()).isEqualTo("the first"));
    assertThat(new EvaluationRecords(transactions).find(1, "studies/1")).isPresent();
    assertThatThrownBy(() -> versions.artifact(1))
        .as("it says that it is too old to serve")
        .isInstanceOf(FailedPrecondition.class)
        .hasMessageContaining("before versions could serve");
  }

  private static void assertServableVersion(Transactions transactions) {
    Artifact artifact = new ModelVersions(transactions, "wage").artifact(2);
    assertThat(artifact.version().getInputColumnsList()).containsExactly("age", "sex");
    assertThat(artifact.ensemble().networks()).containsExactly(new byte[] {0x12});
    assertThat(artifact.ensemble().inputs().columns()).contains("wage", "age", "sex");
    assertThat(artifact.attachments().find("a", Integer.class)).contains(1);
  }

  private static long count(Transactions transactions, String sql) {
    return transactions.call(
        connection -> {
          try (ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
          }
        });
  }
}
