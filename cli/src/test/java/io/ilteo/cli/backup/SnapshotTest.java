package io.ilteo.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ilteo.cli.platform.PlatformException;
import io.ilteo.localpostgres.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of a real PostgreSQL into an archive and back. */
class SnapshotTest {
  private static final String SCHEMA = "library";
  private static final String EVERYTHING =
      "SELECT string_agg(b::text || s::text, ';' ORDER BY b.title NULLS FIRST, s.id)"
          + " FROM book b JOIN shelf s ON s.id = b.shelf_id";

  @TempDir Path folder;
  private Path file;
  private TestDatabase source;

  @BeforeEach
  void fill() {
    file = folder.resolve("backup.zip");
    source = TestDatabase.create(SCHEMA);
    migrate(source, knowing(1));
    source.execute(
        "INSERT INTO shelf (label) SELECT 'shelf ' || i FROM generate_series(1, 3) i",
        """
        INSERT INTO book (shelf_id, title, detail, cover, price, lent_to, printed) VALUES
          (1, E'tab\\t, newline\\n, backslash \\\\, 한국어', '{"a": [1, null]}', '\\x00ff5c0a', 'NaN', ARRAY['x', NULL], 'infinity'),
          (2, NULL, '{}', NULL, '-Infinity', NULL, '1998-01-01T00:00:00.123456Z'),
          (3, '\\.', '"\\\\."', '', 4.9406564584124654e-324, '{}', '2026-11-26T06:00:00Z')
        """,
        "ALTER TABLE book DISABLE TRIGGER refuse_insert",
        "INSERT INTO book (shelf_id, title) VALUES (1, 'forbidden')",
        "ALTER TABLE book ENABLE TRIGGER refuse_insert");
  }

  private static Migrations knowing(int version) {
    return new Migrations(
        Map.of(SCHEMA, SnapshotTest.class.getClassLoader()),
        Map.of(SCHEMA, "db/shelves" + version));
  }

  private static void migrate(TestDatabase database, Migrations migrations) {
    migrations.migrate(target(database), Migrations.HISTORIES.getFirst(), MigrationVersion.LATEST);
  }

  private static Migrations.Target target(TestDatabase database) {
    return new Migrations.Target(database.jdbcUrl(), SCHEMA, database.password());
  }

  private Manifest backUp() throws IOException, SQLException {
    try (Connection connection = source.superuser()) {
      return Snapshot.take(connection, List.of(SCHEMA), file);
    }
  }

  private TestDatabase restore(Migrations migrations) throws IOException, SQLException {
    TestDatabase fresh = TestDatabase.create(SCHEMA);
    try (Archive archive = Archive.open(file);
        Connection connection = fresh.superuser()) {
      new Restoration(archive, migrations).into(connection, schema -> target(fresh));
    }
    return fresh;
  }

  private static String text(TestDatabase database, String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void whatWasBackedUpComesBackToTheLastBitAndSequencesGoOn() throws Exception {
    Manifest manifest = backUp();
    assertThat(manifest.rows()).isEqualTo(7);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");

    TestDatabase restored = restore(knowing(1));
    assertThat(text(restored, EVERYTHING)).isEqualTo(text(source, EVERYTHING)).contains("한국어");
    restored.execute("INSERT INTO shelf (label) VALUES ('new')");
    assertThat(text(restored, "SELECT max(id) FROM shelf")).isEqualTo("4");
    assertThatThrownBy(
            () -> restored.execute("INSERT INTO book (shelf_id, title) VALUES (1, 'forbidden')"))
        .as("triggers fire again")
        .hasMessageContaining("by hand");
  }

  @Test
  void everythingIsOfOneMomentWhileOthersWrite() throws Exception {
    CountDownLatch begun = new CountDownLatch(20);
    AtomicBoolean done = new AtomicBoolean();
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!done.get()) {
                    source.execute(
                        "WITH s AS (INSERT INTO shelf (label) VALUES ('pair') RETURNING id)"
                            + " INSERT INTO book (shelf_id, title) SELECT id, 'pair' FROM s");
                    begun.countDown();
                  }
                });
    begun.await();
    backUp();
    done.set(true);
    writer.join();

    TestDatabase restored = restore(knowing(1));
    long pairs = Long.parseLong(text(restored, "SELECT count(*) FROM shelf WHERE label = 'pair'"));
    assertThat(pairs).isGreaterThanOrEqualTo(20);
    assertThat(
            text(
                restored,
                "SELECT count(*) FROM book JOIN shelf ON id = shelf_id WHERE title = 'pair'"))
        .isEqualTo(Long.toString(pairs));
    restored.execute("INSERT INTO shelf (label) VALUES ('after')");
  }

  @Test
  void anArchiveOfAnOlderSchemaIsUpgraded() throws Exception {
    backUp();
    TestDatabase restored = restore(knowing(2));
    assertThat(text(restored, "SELECT string_agg(label || room, ',' ORDER BY id) FROM shelf"))
        .isEqualTo("shelf 1cellar,shelf 2cellar,shelf 3cellar");
  }

  @Test
  void anArchiveOfANewerSchemaIsRefusedBeforeARowIsWritten() throws Exception {
    migrate(source, knowing(2));
    backUp();
    assertThatThrownBy(() -> restore(knowing(1)))
        .isInstanceOf(PlatformException.class)
        .hasMessage(
            "The archive's schema library is at version 2 (flyway_schema_history), newer than the 1"
                + " that this program knows; restore it with the version of Ilteo that made it, or a"
                + " newer one.");
  }

  @Test
  void anArchiveOfAnotherFormatIsRefused() throws Exception {
    try (Archive.Writer writer = Archive.Writer.create(file)) {
      writer.finish(new Manifest(2, "18", "now", List.of()));
    }
    assertThatThrownBy(() -> Archive.open(file)).hasMessageContaining("format 2");
  }

  @Test
  void damageIsNoticedWhereverItIs() throws Exception {
    Manifest whole = backUp();
    byte[] bytes = Files.readAllBytes(file);
    Path damaged = folder.resolve("damaged.zip");
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] copy = bytes.clone();
      copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(damaged, copy);
      // A bit that carries nothing, as a date in the ZIP, may flip; any other is noticed.
      try (Archive archive = Archive.open(damaged)) {
        assertThat(archive.manifest()).as("flip %d", i).isEqualTo(whole);
      } catch (PlatformException noticed) {
        assertThat(noticed.getMessage()).startsWith(damaged + " is").doesNotContain("\n");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(150);
    for (int i = 0; i < 50; i++) {
      Files.write(damaged, java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)));
      assertThatThrownBy(() -> Archive.open(damaged))
          .isInstanceOf(PlatformException.class)
          .hasMessageContaining("is damaged");
    }
  }

  @Test
  void aBackupNeverOverwritesAndAFailedOneLeavesNothing() throws Exception {
    Files.writeString(file, "precious");
    assertThatThrownBy(this::backUp).hasMessageContaining("exists");
    assertThat(file).hasContent("precious");
    Files.delete(file);

    try (Connection other = source.superuser();
        Connection connection = source.superuser()) {
      other.setAutoCommit(false);
      other.createStatement().execute("LOCK TABLE library.shelf");
      connection.createStatement().execute("SET lock_timeout = '50ms'");
      assertThatThrownBy(() -> Snapshot.take(connection, List.of(SCHEMA), file))
          .isInstanceOf(SQLException.class);
    }
    assertThat(folder).isEmptyDirectory();
  }
}
