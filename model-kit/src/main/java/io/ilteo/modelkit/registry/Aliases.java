package io.ilteo.modelkit.registry;

import com.google.protobuf.util.Timestamps;
import io.ilteo.proto.model.v1.Alias;
import io.ilteo.proto.model.v1.AliasEvent;
import io.ilteo.servicekit.error.DomainException.Aborted;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.servicekit.error.DomainException.NotFound;
import io.ilteo.servicekit.jdbc.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Names that point at versions, each change in one transaction with its audit record. */
public final class Aliases {
  private static final int MAX_REASON = 1_000;
  // 0 stands for "no version" inside this class; versions start at 1.
  private static final long NONE = 0;

  private final Transactions transactions;
  private final VersionName names;

  /** Aliases of one task. */
  public Aliases(Transactions transactions, String task) {
    this.transactions = transactions;
    this.names = new VersionName(task);
  }

  /**
   * Points {@code alias} at {@code version}. Pointing it where it points changes nothing.
   *
   * @param expected version it must point at, or empty where any will do
   * @throws NotFound if there is no such version
   * @throws Aborted if it does not point at {@code expected}
   * @throws FailedPrecondition if the version's artifact is damaged
   */
  public Alias set(String alias, String version, String expected, String actor, String reason) {
    VersionName.requireAlias(alias);
    long to = names.number(version);
    long required = expected.isEmpty() ? NONE : names.number(expected);
    requireReason(reason);
    return transactions.call(
        connection -> {
          lock(connection, alias);
          long from = current(connection, alias);
          if (required != NONE && from != required) {
            throw new Aborted(
                "%s points at %s, not at %s"
                    .formatted(alias, from == NONE ? "nothing" : names.of(from), expected));
          }
          return move(connection, alias, from, to, actor, reason);
        });
  }

  /**
   * Points {@code alias} at the version it had before.
   *
   * @throws NotFound if there is no such alias
   * @throws FailedPrecondition if it never had another, or that one was deleted
   */
  public Alias rollBack(String alias, String actor, String reason) {
    VersionName.requireAlias(alias);
    requireReason(reason);
    return transactions.call(
        connection -> {
          lock(connection, alias);
          long from = require(connection, alias);
          long to = previous(connection, alias);
          if (to == NONE) {
            throw new FailedPrecondition("%s never pointed at another version".formatted(alias));
          }
          try {
            return move(connection, alias, from, to, actor, reason);
          } catch (NotFound deleted) {
            throw new FailedPrecondition(
                "%s pointed at %s before, which was deleted".formatted(alias, names.of(to)));
          }
        });
  }

  /** Aliases by name. */
  public List<Alias> list() {
    return transactions.call(
        connection -> {
          List<Alias> aliases = new ArrayList<>();
          try (PreparedStatement select =
                  connection.prepareStatement(
                      "SELECT alias, version, updated_at FROM model_alias ORDER BY alias");
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              aliases.add(alias(row));
            }
          }
          return aliases;
        });
  }

  /** Number of the version that each alias points at. */
  public Map<String, Long> targets() {
    return transactions.call(
        connection -> {
          Map<String, Long> targets = new TreeMap<>();
          try (PreparedStatement select =
                  connection.prepareStatement("SELECT alias, version FROM model_alias");
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              targets.put(row.getString(1), row.getLong(2));
            }
          }
          return targets;
        });
  }

  /**
   * Changes, newest first.
   *
   * @param alias empty means all
   * @param before last id of the page before; {@link Long#MAX_VALUE} to start
   */
  public Events events(String alias, int limit, long before) {
    String sql =
        """
        SELECT id, alias, from_version, to_version, actor, reason, event_time
          FROM model_alias_event
         WHERE (? = '' OR alias = ?) AND id < ? ORDER BY id DESC LIMIT ?
        """;
    return transactions.call(
        connection -> {
          List<AliasEvent> events = new ArrayList<>();
          long last = NONE;
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, alias);
            select.setString(2, alias);
            select.setLong(3, before);
            select.setInt(4, limit);
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                last = row.getLong("id");
                events.add(event(row));
              }
            }
          }
          return new Events(events, last);
        });
  }

  /**
   * A page of changes.
   *
   * @param lastId where the next page starts
   */
  public record Events(List<AliasEvent> events, long lastId) {
    public Events {
      events = List.copyOf(events);
    }
  }

  private AliasEvent event(ResultSet row) throws SQLException {
    AliasEvent.Builder event =
        AliasEvent.newBuilder()
            .setAlias(row.getString("alias"))
            .setToVersion(names.of(row.getLong("to_version")))
            .setActor(row.getString("actor"))
            .setReason(row.getString("reason"))
            .setEventTime(Timestamps.fromMillis(row.getTimestamp("event_time").getTime()));
    long from = row.getLong("from_version");
    return from == NONE ? event.build() : event.setFromVersion(names.of(from)).build();
  }

  private Alias move(
      Connection connection, String alias, long from, long to, String actor, String reason)
      throws SQLException {
    requireSound(connection, to);
    if (from != to) {
      record(connection, alias, from, to, actor, reason);
    }
    String sql =
        """
        INSERT INTO model_alias (alias, version) VALUES (?, ?)
        ON CONFLICT (alias) DO UPDATE SET version = excluded.version,
          updated_at = CASE WHEN model_alias.version = excluded.version
                            THEN model_alias.updated_at ELSE now() END
        RETURNING alias, version, updated_at
        """;
    try (PreparedStatement upsert = connection.prepareStatement(sql)) {
      upsert.setString(1, alias);
      upsert.setLong(2, to);
      try (ResultSet row = upsert.executeQuery()) {
        row.next();
        return alias(row);
      }
    }
  }

  private static void record(
      Connection connection, String alias, long from, long to, String actor, String reason)
      throws SQLException {
    String sql =
        """
        INSERT INTO model_alias_event (alias, from_version, to_version, actor, reason)
        VALUES (?, nullif(?, 0), ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, alias);
      insert.setLong(2, from);
      insert.setLong(3, to);
      insert.setString(4, actor);
      insert.setString(5, reason);
      insert.executeUpdate();
    }
  }

  /** The version exists, cannot be deleted meanwhile, and every network matches its digest. */
  private void requireSound(Connection connection, long number) throws SQLException {
    String sql =
        """
        SELECT c.id,
               sha256(c.network) = c.digest
               AND coalesce(sha256(f.content) = f.digest, true)
               AND coalesce(sha256(convert_to(v.attachments, 'UTF8')) = v.attachments_digest, true)
          FROM model_version v
          JOIN candidate c ON c.id = ANY (v.candidates)
          LEFT JOIN fitted_inputs f ON f.digest = c.inputs
         WHERE v.number = ? FOR KEY SHARE OF v
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, number);
      try (ResultSet row = select.executeQuery()) {
        boolean any = false;
        while (row.next()) {
          any = true;
          if (!row.getBoolean(2)) {
            throw ModelVersions.damaged(names.of(number), row.getObject(1, UUID.class));
          }
        }
        if (!any) {
          throw new NotFound("there is no " + names.of(number));
        }
      }
    }
  }

  /** Serialises the changes of one alias, also of one that has no row yet. */
  private static void lock(Connection connection, String alias) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(
            "SELECT pg_advisory_xact_lock(hashtextextended(current_schema || '.alias.' || ?, 0))")) {
      lock.setString(1, alias);
      lock.execute();
    }
  }

  static long require(Connection connection, String alias) throws SQLException {
    long version = current(connection, alias);
    if (version == NONE) {
      throw new NotFound("there is no alias " + alias);
    }
    return version;
  }

  private static long current(Connection connection, String alias) throws SQLException {
    return first(connection, "SELECT version FROM model_alias WHERE alias = ?", alias);
  }

  private static long previous(Connection connection, String alias) throws SQLException {
    return first(
        connection,
        "SELECT from_version FROM model_alias_event WHERE alias = ? ORDER BY id DESC LIMIT 1",
        alias);
  }

  private static long first(Connection connection, String sql, String alias) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, alias);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : NONE;
      }
    }
  }

  private Alias alias(ResultSet row) throws SQLException {
    return Alias.newBuilder()
        .setAlias(row.getString("alias"))
        .setModelVersion(names.of(row.getLong("version")))
        .setUpdateTime(Timestamps.fromMillis(row.getTimestamp("updated_at").getTime()))
        .build();
  }

  private static void requireReason(String reason) {
    if (reason.isBlank() || reason.length() > MAX_REASON) {
      throw new InvalidArgument("reason is for the audit log: 1 to 1000 characters");
    }
  }
}
