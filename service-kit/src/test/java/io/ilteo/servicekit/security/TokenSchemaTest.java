package io.ilteo.servicekit.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.servicekit.jdbc.Transactions;
import io.quarkus.runtime.PreventFurtherStepsException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The schema of API tokens on a real PostgreSQL: upgrades, versions of the future, old tokens. */
class TokenSchemaTest {
  private TestDatabase database;
  private TokenStore store;

  @BeforeEach
  void create() {
    database = TestDatabase.create("tuner");
    TokenStore.migrate(database.dataSource());
    store = new TokenStore(new Transactions(database.dataSource()));
  }

  /** A token as version 1 stores it. */
  private ApiToken.Presented stored(String ends) {
    ApiToken.Presented token = ApiToken.Presented.random();
    database.execute(
        """
        INSERT INTO api_token (id, name, role, secret_sha256, created_by, expires_at, revoked_at)
        VALUES ('%s', 'notebook', 'OPERATOR', '\\x%s', 'ada', %s)
        """
            .formatted(token.id(), HexFormat.of().formatHex(token.sha256()), ends));
    return token;
  }

  @Test
  void tokensOfVersionOneAreStillGood() {
    ApiToken.Presented token = stored("NULL, NULL");
    TokenStore.migrate(database.dataSource());
    assertThat(store.list())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.token().id()).isEqualTo(token.id());
              assertThat(row.token().secretSha256()).isEqualTo(token.sha256());
              assertThat(row.token().role()).isEqualTo(Role.OPERATOR);
              assertThat(row.token().expiresAt()).isEqualTo(Optional.empty());
            });
  }

  @Test
  void aSchemaNewerThanTheProgramIsRefusedInOneLine() {
    database.execute(
        "INSERT INTO security_schema_history (installed_rank, version, description, type, script,"
            + " checksum, installed_by, execution_time, success) VALUES"
            + " (99, '7', 'later', 'SQL', 'V7__later.sql', 1, 'x', 1, true)");
    Throwable refusal = catchThrowable(() -> TokenStore.migrate(database.dataSource()));
    // As Quarkus does it, which prints the innermost reason.
    while (refusal.getCause() != null) {
      refusal = refusal.getCause();
    }
    assertThat(refusal)
        .isInstanceOf(PreventFurtherStepsException.class)
        .hasMessageContaining("is at version 7, newer than the 1 that this program knows")
        .hasMessageNotContaining("\n");
  }

  @Test
  void tokensThatEndedLongAgoAreForgottenAndOthersAreNot() {
    stored("now() - interval '91 days', NULL");
    stored("NULL, now() - interval '91 days'");
    ApiToken.Presented expired = stored("now() - interval '89 days', NULL");
    ApiToken.Presented revoked = stored("now() - interval '99 days', now() - interval '1 day'");
    ApiToken.Presented good = stored("NULL, NULL");
    assertThat(store.forgetEnded(Duration.ofDays(90))).isEqualTo(2);
    assertThat(store.list())
        .extracting(row -> row.token().id())
        .containsExactlyInAnyOrder(expired.id(), revoked.id(), good.id());
  }
}
