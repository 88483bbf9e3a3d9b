package io.ilteo.servicekit.security;

import io.ilteo.servicekit.error.DomainException.AlreadyExists;
import io.ilteo.servicekit.error.DomainException.NotFound;
import io.ilteo.servicekit.jdbc.NewerSchema;
import io.ilteo.servicekit.jdbc.Transactions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** API tokens in PostgreSQL, in the service's own schema. */
final class TokenStore {
  private static final String COLUMNS =
      "id, name, role, secret_sha256, created_at, expires_at, revoked_at";

  private final Transactions transactions;

  TokenStore(Transactions transactions) {
    this.transactions = transactions;
  }

  /** A token with when it was made. */
  record Row(ApiToken token, Instant createdAt) {}

  /** Makes the table; its history is apart from the service's own migrations. */
  static void migrate(DataSource dataSource) {
    FluentConfiguration configuration =
        Flyway.configure()
            .dataSource(dataSource)
            .locations("classpath:db/security")
            .table("security_schema_history")
            .baselineOnMigrate(true)
            .baselineVersion("0");
    new NewerSchema().customize(configuration);
    configuration.load().migrate();
  }

  void create(ApiToken token, String createdBy) {
    boolean added =
        transactions.call(
            connection -> {
              String sql =
                  """
                  INSERT INTO api_token (id, name, role, secret_sha256, expires_at, created_by)
                  VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
                  """;
              try (PreparedStatement insert = connection.prepareStatement(sql)) {
                insert.setString(1, token.id());
                insert.setString(2, token.name());
                insert.setString(3, token.role().name());
                insert.setBytes(4, token.secretSha256());
                insert.setTimestamp(5, token.expiresAt().map(Timestamp::from).orElse(null));
                insert.setString(6, createdBy);
                return insert.executeUpdate() == 1;
              }
            });
    if (!added && !sameAsStored(token)) {
      throw new AlreadyExists("token id " + token.id() + " is another token's; make a new one");
    }
  }

  private boolean sameAsStored(ApiToken token) {
    return list().stream()
        .map(Row::token)
        .anyMatch(
            stored ->
                stored.id().equals(token.id())
                    && stored.role() == token.role()
                    && Arrays.equals(stored.secretSha256(), token.secretSha256()));
  }

  /** All tokens, newest first. */
  List<Row> list() {
    return transactions.call(
        connection -> {
          String sql = "SELECT " + COLUMNS + " FROM api_token ORDER BY created_at DESC, id";
          try (PreparedStatement select = connection.prepareStatement(sql);
              ResultSet rows = select.executeQuery()) {
            List<Row> tokens = new ArrayList<>();
            while (rows.next()) {
              tokens.add(read(rows));
            }
            return tokens;
          }
        });
  }

  Row revoke(String id, String revokedBy) {
    return transactions.call(
        connection -> {
          String sql =
              """
              UPDATE api_token SET revoked_at = coalesce(revoked_at, now()),
                revoked_by = coalesce(revoked_by, ?) WHERE id = ? RETURNING
              """
                  + COLUMNS;
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, revokedBy);
            update.setString(2, id);
            try (ResultSet row = update.executeQuery()) {
              if (!row.next()) {
                throw new NotFound("there is no token " + id);
              }
              return read(row);
            }
          }
        });
  }

  /**
   * Deletes tokens that were revoked, or else expired, longer ago than {@code age}: nobody can use
   * them, and what was done with them is in the audit under their names. Returns how many.
   */
  int forgetEnded(Duration age) {
    return transactions.call(
        connection -> {
          String sql =
              "DELETE FROM api_token WHERE coalesce(revoked_at, expires_at) < now() - cast(? AS interval)";
          try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setString(1, Transactions.interval(age));
            return delete.executeUpdate();
          }
        });
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        new ApiToken(
            row.getString("id"),
            row.getString("name"),
            Role.valueOf(row.getString("role")),
            row.getBytes("secret_sha256"),
            Optional.ofNullable(row.getTimestamp("expires_at")).map(Timestamp::toInstant),
            Optional.ofNullable(row.getTimestamp("revoked_at")).map(Timestamp::toInstant)),
        row.getTimestamp("created_at").toInstant());
  }
}
