package io.ilteo.modelkit.registry;

import io.ilteo.modelkit.audit.Changes;
import io.ilteo.modelkit.training.Attachments;
import io.ilteo.proto.model.v1.ModelVersion;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.servicekit.error.DomainException.NotFound;
import io.ilteo.servicekit.jdbc.Transactions;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Versions of trained models in PostgreSQL. */
public final class ModelVersions {
  private static final int MAX_MEMBERS = 32;
  private static final String CANDIDATES = "candidates/";

  private final Transactions transactions;
  private final VersionName names;

  /**
   * Versions of one task.
   *
   * @param task e.g. {@code wage}
   */
  public ModelVersions(Transactions transactions, String task) {
    this.transactions = transactions;
    this.names = new VersionName(task);
  }

  /**
   * The version that these candidates, in any order, make; empty if they are none yet.
   *
   * @param candidates names, 1 to 32, distinct
   */
  public Optional<ModelVersion> find(List<String> candidates) {
    UUID[] members = members(candidates);
    return transactions.call(
        connection -> {
          Optional<Long> number = existing(connection, connection.createArrayOf("uuid", members));
          return number.isPresent()
              ? Optional.of(VersionRows.require(connection, names, number.get()))
              : Optional.empty();
        });
  }

  /**
   * What candidates that could make one version are.
   *
   * @throws NotFound if one does not exist
   * @throws InvalidArgument if they differ in data, architecture or parameters
   * @throws FailedPrecondition if one is damaged, or too old to serve
   */
  public Ensemble ensemble(List<String> candidates) {
    UUID[] members = members(candidates);
    return transactions.call(
        connection -> {
          Array array = connection.createArrayOf("uuid", members);
          requireAlike(connection, array, members.length);
          return Artifacts.ensemble(connection, array);
        });
  }

  /**
   * Makes a version of candidates; the same candidates, in any order, give the same version.
   *
   * @param candidates names, 1 to 32, distinct
   * @param attachments how the version's outputs are read
   * @throws NotFound if one does not exist
   * @throws InvalidArgument if they differ in data, architecture or parameters
   */
  public ModelVersion register(List<String> candidates, Attachments attachments) {
    UUID[] members = members(candidates);
    return transactions.call(
        connection -> {
          // Registrations are rare; one at a time keeps numbers dense and repeats idempotent.
          try (PreparedStatement lock =
              connection.prepareStatement("LOCK TABLE model_version IN SHARE ROW EXCLUSIVE MODE")) {
            lock.execute();
          }
          Array array = connection.createArrayOf("uuid", members);
          Optional<Long> existing = existing(connection, array);
          if (existing.isPresent()) {
            return VersionRows.require(connection, names, existing.get());
          }
          long number = insert(connection, array, members.length, attachments.toJson());
          Changes.record(connection, "version.register", names.of(number));
          return VersionRows.require(connection, names, number);
        });
  }

  private static UUID[] members(List<String> candidates) {
    if (candidates.isEmpty() || candidates.size() > MAX_MEMBERS) {
      throw new InvalidArgument("%d candidates; 1 to 32".formatted(candidates.size()));
    }
    // By text, which is how PostgreSQL orders them too; UUID.compareTo compares signed.
    List<String> sorted = candidates.stream().sorted().distinct().toList();
    if (sorted.size() < candidates.size()) {
      throw new InvalidArgument("candidates has the same network twice; give each once");
    }
    return sorted.stream().map(ModelVersions::id).toArray(UUID[]::new);
  }

  private static UUID id(String candidate) {
    try {
      if (candidate.startsWith(CANDIDATES)) {
        return UUID.fromString(candidate.substring(CANDIDATES.length()));
      }
    } catch (IllegalArgumentException notOurs) {
      // Told below.
    }
    throw new InvalidArgument("\"%s\" is not a name like candidates/{id}".formatted(candidate));
  }

  private static Optional<Long> existing(Connection connection, Array members) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT number FROM model_version WHERE candidates = ?")) {
      select.setArray(1, members);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
      }
    }
  }

  private static long insert(Connection connection, Array members, int size, String attachments)
      throws SQLException {
    requireAlike(connection, members, size);
    String sql =
        """
        INSERT INTO model_version (candidates, attachments, attachments_digest, panel_digest, digest)
        SELECT ?, ?, sha256(convert_to(?, 'UTF8')), max(p.digest),
               CASE WHEN count(*) = 1 THEN (array_agg(c.digest))[1]
                    ELSE sha256(string_agg(c.digest, ''::bytea ORDER BY c.id)) END
          FROM candidate c JOIN panel p ON left(p.digest, 16) = substr(c.panel, 8, 16)
         WHERE c.id = ANY (?)
        HAVING count(*) = ?
        RETURNING number
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setArray(1, members);
      insert.setString(2, attachments);
      insert.setString(3, attachments);
      insert.setArray(4, members);
      insert.setInt(5, size);
      try (ResultSet row = insert.executeQuery()) {
        if (!row.next()) {
          throw new FailedPrecondition("the panel that the candidates learned from is gone");
        }
        return row.getLong(1);
      }
    }
  }

  private static void requireAlike(Connection connection, Array members, int size)
      throws SQLException {
    String sql =
        """
        SELECT count(*), count(DISTINCT data), count(DISTINCT architecture),
               count(DISTINCT parameters), count(DISTINCT code_version), count(DISTINCT inputs)
          FROM candidate WHERE id = ANY (?)
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, members);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        if (row.getInt(1) < size) {
          throw new NotFound(
              "%d of %d candidates do not exist".formatted(size - row.getInt(1), size));
        }
        String[] kinds = {"data", "architecture", "parameters", "code_version", "inputs"};
        for (int i = 0; i < kinds.length; i++) {
          if (row.getInt(i + 2) > 1) {
            throw new InvalidArgument(
                "candidates differ in %s; an ensemble's networks differ in seeds only"
                    .formatted(kinds[i]));
          }
        }
      }
    }
  }

  /**
   * A version by its name, or by the name of an alias.
   *
   * @throws NotFound if there is none
   */
  public ModelVersion get(String name) {
    return transactions.call(
        connection -> {
          long number =
              names.isAlias(name)
                  ? Aliases.require(connection, names.alias(name))
                  : names.number(name);
          return VersionRows.require(connection, names, number);
        });
  }

  /**
   * Versions, newest first.
   *
   * @param before number of the last version of the page before; {@link Long#MAX_VALUE} to start
   */
  public List<ModelVersion> list(int limit, long before) {
    return transactions.call(connection -> VersionRows.page(connection, names, limit, before));
  }

  /**
   * Everything that a version needs to answer, checked against its checksums.
   *
   * @throws NotFound if there is no such version
   * @throws FailedPrecondition if a part is damaged or missing
   */
  public Artifact artifact(long number) {
    return transactions.call(connection -> Artifacts.of(connection, names, number));
  }

  /** Those of {@code numbers} that are versions still. */
  public Set<Long> existing(Collection<Long> numbers) {
    return transactions.call(
        connection -> {
          Set<Long> existing = new HashSet<>();
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT number FROM model_version WHERE number = ANY (?)")) {
            select.setArray(1, connection.createArrayOf("bigint", numbers.toArray()));
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                existing.add(row.getLong(1));
              }
            }
          }
          return existing;
        });
  }

  /** Name of the version with {@code number}. */
  public String name(long number) {
    return names.of(number);
  }

  /** Number in a version's name. */
  public long number(String name) {
    return names.number(name);
  }

  /**
   * The networks of a version, checked against their digests.
   *
   * @throws NotFound if there is no such version
   * @throws FailedPrecondition if a network is not what was stored
   */
  public List<byte[]> networks(String name) {
    long number = names.number(name);
    String sql =
        """
        SELECT c.network, sha256(c.network) = c.digest, c.id
          FROM model_version v JOIN candidate c ON c.id = ANY (v.candidates)
         WHERE v.number = ? ORDER BY c.id
        """;
    return transactions.call(
        connection -> {
          List<byte[]> networks = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, number);
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                if (!row.getBoolean(2)) {
                  throw damaged(name, row.getObject(3, UUID.class));
                }
                networks.add(row.getBytes(1));
              }
            }
          }
          if (networks.isEmpty()) {
            throw new NotFound("there is no " + name);
          }
          return networks;
        });
  }

  static FailedPrecondition damaged(String version, UUID candidate) {
    return new FailedPrecondition(
        "the artifact of %s is damaged: candidates/%s does not match its SHA-256"
            .formatted(version, candidate));
  }

  /**
   * Deletes a version; its evaluations stay on record.
   *
   * @throws NotFound if there is none
   * @throws FailedPrecondition if an alias points at it
   */
  public void delete(String name) {
    long number = names.number(name);
    transactions.run(
        connection -> {
          // Locks the version first, so that no alias can be set to it meanwhile.
          ModelVersion version = VersionRows.requireLocked(connection, names, number);
          if (version.getAliasesCount() > 0) {
            throw new FailedPrecondition(
                "%s serves as %s; point the alias elsewhere first"
                    .formatted(name, version.getAliasesList()));
          }
          try (PreparedStatement delete =
              connection.prepareStatement("DELETE FROM model_version WHERE number = ?")) {
            delete.setLong(1, number);
            delete.executeUpdate();
          }
          Changes.record(connection, "version.delete", names.of(number));
        });
  }

  static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }
}
