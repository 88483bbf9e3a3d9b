package io.ilteo.modelkit.panel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.modelkit.panel.SyntheticPanels;
import io.ilteo.modelkit.panel.importing.ImportedPanel;
import io.ilteo.servicekit.jdbc.Transactions;
import io.ilteo.servicekit.security.Caller;
import io.ilteo.servicekit.security.Role;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PgPanelStoreTest extends PanelStoreContract {
  private static TestDatabase database;

  @BeforeAll
  static void migrate() {
    database = TestDatabase.create("wage");
    Flyway.configure()
        .dataSource(database.dataSource())
        .schemas("wage")
        .locations("classpath:db/model-kit")
        .load()
        .migrate();
  }

  @BeforeEach
  void empty() {
    database.execute("DELETE FROM panel");
  }

  @Override
  PanelStore store() {
    return new PgPanelStore(new Transactions(database.dataSource()));
  }

  @Test
  void damagedChunkIsNotTakenForData() {
    String name = store().save(SyntheticPanels.imported(100, 5), "x").panel().name();
    database.execute(
        "UPDATE panel_chunk SET bytes = (SELECT bytes FROM panel_chunk WHERE part = 'column:sex')"
            + " WHERE part = 'column:wage'");
    assertThatThrownBy(() -> store().load(name)).hasMessageContaining("digest");
  }

  @Test
  void panelsSavedAtTheSameTimeAreStoredOnce() throws Exception {
    ImportedPanel imported = SyntheticPanels.imported(100, 6);
    Callable<PanelStore.Saved> save = () -> store().save(imported, "x");
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      int created = 0;
      for (Future<PanelStore.Saved> saved : threads.invokeAll(List.of(save, save, save, save))) {
        created += saved.get().created() ? 1 : 0;
      }
      assertThat(created).isEqualTo(1);
    }
  }

  @Test
  void eachImportAndDeletionIsOnRecordWithWhoDidIt() throws SQLException {
    ImportedPanel imported = SyntheticPanels.imported(100, 8);
    String name = imported.panel().resourceName();
    PanelStore store = store();
    store.save(imported, "x");
    store.save(imported, "there already");
    new Caller("kim", Role.ADMIN).context().run(() -> store.delete(name));
    store.delete(name);

    assertThat(changes(name)).isEqualTo("operator panel.import, kim panel.delete");
    assertThatThrownBy(() -> database.execute("DELETE FROM change_event"))
        .hasStackTraceContaining("change_event rows are only ever added");
  }

  private static String changes(String subject) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT string_agg(actor || ' ' || action, ', ' ORDER BY id) FROM change_event"
                    + " WHERE subject = ?")) {
      select.setString(1, subject);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  @Test
  void valuesAreSmallerThanTheyWere() throws SQLException {
    ImportedPanel imported = SyntheticPanels.imported(1000, 7);
    store().save(imported, "x");
    long raw = 4L * imported.panel().personYears() * imported.panel().columns().size();
    try (Connection connection = database.dataSource().getConnection();
        ResultSet row =
            connection
                .createStatement()
                .executeQuery("SELECT sum(length(bytes)) FROM panel_chunk")) {
      row.next();
      assertThat(row.getLong(1)).isLessThan(raw / 4);
    }
  }
}
