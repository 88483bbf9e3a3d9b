package io.ilteo.modelkit.panel.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ilteo.modelkit.audit.Changes;
import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.importing.ColumnReport;
import io.ilteo.modelkit.panel.importing.Exclusion;
import io.ilteo.modelkit.panel.importing.ImportedPanel;
import io.ilteo.modelkit.panel.mapping.Mappings;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import io.ilteo.servicekit.jdbc.DatabaseFailure;
import io.ilteo.servicekit.jdbc.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Panels in PostgreSQL (schema: {@code db/model-kit/V1__panels.sql}), each stored in one
 * transaction.
 *
 * <p>What is loaded is checked against its digest ({@link PanelCodec}).
 */
public final class PgPanelStore implements PanelStore {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FOREIGN_KEY_VIOLATION = "23503";
  private static final String SELECT =
      "SELECT digest, display_name, mapping_yaml, person_years, persons, first_year, last_year,"
          + " columns, exclusions, create_time FROM panel";

  private final Transactions transactions;

  public PgPanelStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Saved save(ImportedPanel imported, String displayName) {
    return transactions.call(
        connection -> {
          boolean created = insert(connection, imported, displayName);
          if (created) {
            writeChunks(connection, imported.panel());
            Changes.record(connection, "panel.import", imported.panel().resourceName());
          }
          return new Saved(require(connection, imported.panel().resourceName()), created);
        });
  }

  private static boolean insert(Connection connection, ImportedPanel imported, String displayName)
      throws SQLException {
    Panel panel = imported.panel();
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO panel (digest, display_name, mapping_yaml, person_years, persons, first_year,
                               last_year, columns, exclusions)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb)
            ON CONFLICT DO NOTHING""")) {
      insert.setString(1, panel.digest());
      insert.setString(2, displayName);
      insert.setString(3, Mappings.write(panel.mapping()));
      insert.setLong(4, panel.personYears());
      insert.setLong(5, panel.personCount());
      insert.setInt(6, panel.firstYear());
      insert.setInt(7, panel.lastYear());
      insert.setString(8, json(imported.columns()));
      insert.setString(9, json(imported.exclusions()));
      return insert.executeUpdate() == 1;
    }
  }

  @Override
  public StoredPanel describe(String name) {
    return transactions.call(connection -> require(connection, name));
  }

  @Override
  public Panel load(String name) {
    return transactions.call(
        connection -> {
          return readChunks(connection, require(connection, name).digest());
        });
  }

  private static void writeChunks(Connection connection, Panel panel) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES (?, ?, ?, ?)")) {
      insert.setString(1, panel.digest());
      PanelCodec.<SQLException>write(
          panel,
          (part, chunk, bytes) -> {
            insert.setString(2, part);
            insert.setInt(3, chunk);
            insert.setBytes(4, bytes);
            insert.executeUpdate();
          });
    }
  }

  private static Panel readChunks(Connection connection, String digest) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT bytes FROM panel_chunk WHERE panel_digest = ? AND part = ? AND chunk = ?")) {
      select.setString(1, digest);
      return PanelCodec.<SQLException>read(
          (part, chunk) -> {
            select.setString(2, part);
            select.setInt(3, chunk);
            try (ResultSet row = select.executeQuery()) {
              if (!row.next()) {
                throw new IllegalStateException(
                    "Chunk %d of part %s is not in the database.".formatted(chunk, part));
              }
              return row.getBytes(1);
            }
          });
    }
  }

  @Override
  public List<StoredPanel> list(int limit, @Nullable String after) {
    PanelNames.requireLimit(limit);
    return transactions.call(
        connection ->
            after == null
                ? first(connection, limit)
                : next(connection, limit, require(connection, after)));
  }

  private static List<StoredPanel> first(Connection connection, int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + " ORDER BY create_time DESC, digest LIMIT ?")) {
      select.setInt(1, limit);
      return all(select);
    }
  }

  private static List<StoredPanel> next(Connection connection, int limit, StoredPanel after)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT
                + " WHERE create_time < (SELECT create_time FROM panel WHERE digest = ?)"
                + " OR (create_time = (SELECT create_time FROM panel WHERE digest = ?) AND digest > ?)"
                + " ORDER BY create_time DESC, digest LIMIT ?")) {
      select.setString(1, after.digest());
      select.setString(2, after.digest());
      select.setString(3, after.digest());
      select.setInt(4, limit);
      return all(select);
    }
  }

  private static List<StoredPanel> all(PreparedStatement select) throws SQLException {
    List<StoredPanel> panels = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        panels.add(describe(rows));
      }
    }
    return panels;
  }

  @Override
  public boolean delete(String name) {
    String digits = PanelNames.digits(name);
    try {
      return transactions.call(
          connection -> {
            try (PreparedStatement delete =
                connection.prepareStatement(
                    "DELETE FROM panel WHERE left(digest, 16) = left(?, 16) AND starts_with(digest, ?)")) {
              delete.setString(1, digits);
              delete.setString(2, digits);
              if (delete.executeUpdate() == 0) {
                return false;
              }
            }
            Changes.record(connection, "panel.delete", "panels/" + digits.substring(0, 16));
            return true;
          });
    } catch (DatabaseFailure failure) {
      if (failure.sqlState().equals(FOREIGN_KEY_VIOLATION)) {
        throw new FailedPrecondition("Panel '%s' is in use and cannot be deleted.".formatted(name));
      }
      throw failure;
    }
  }

  private static StoredPanel require(Connection connection, String name) throws SQLException {
    String digits = PanelNames.digits(name);
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT + " WHERE left(digest, 16) = left(?, 16) AND starts_with(digest, ?)")) {
      select.setString(1, digits);
      select.setString(2, digits);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw PanelNames.unknown(name);
        }
        return describe(row);
      }
    }
  }

  private static StoredPanel describe(ResultSet row) throws SQLException {
    return new StoredPanel(
        row.getString("digest"),
        row.getString("display_name"),
        Mappings.parse(row.getString("mapping_yaml")),
        row.getLong("person_years"),
        row.getLong("persons"),
        row.getInt("first_year"),
        row.getInt("last_year"),
        fromJson(row.getString("columns"), new TypeReference<List<ColumnReport>>() {}),
        fromJson(row.getString("exclusions"), new TypeReference<List<Exclusion>>() {}),
        row.getObject("create_time", OffsetDateTime.class).toInstant());
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T fromJson(String json, TypeReference<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
