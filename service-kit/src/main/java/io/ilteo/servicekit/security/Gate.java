package io.ilteo.servicekit.security;

import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import io.ilteo.servicekit.error.RefusedStart;
import io.ilteo.servicekit.jdbc.Transactions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Whether callers must say who they are, and what decides it. */
@ApplicationScoped
public class Gate {
  private final AuthConfig auth;
  private final Instance<DataSource> database;
  private @Nullable Credentials credentials;
  private @Nullable TokenStore tokens;
  private @Nullable Authenticator authenticator;

  Gate(AuthConfig auth, Instance<DataSource> database) {
    this.auth = auth;
    this.database = database;
  }

  void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
    if (!auth.isOn()) {
      return;
    }
    if (auth.tokens()) {
      TokenStore.migrate(database.get());
      tokens = new TokenStore(new Transactions(database.get()));
    }
    Credentials started = new Credentials(auth, Optional.ofNullable(tokens));
    try {
      started.start();
    } catch (IllegalArgumentException unreadable) {
      throw new RefusedStart(String.valueOf(unreadable.getMessage()));
    }
    credentials = started;
    authenticator = new Authenticator(auth, started, Clock.systemUTC());
  }

  void stop(@Observes ShutdownEvent event) {
    if (credentials != null) {
      credentials.close();
    }
  }

  boolean isOn() {
    return auth.isOn();
  }

  Authenticator authenticator() {
    Authenticator started = authenticator;
    if (started == null) {
      throw new FailedPrecondition("the server is starting; try again");
    }
    return started;
  }

  /** Where tokens are kept. */
  TokenStore tokens() {
    TokenStore kept = tokens;
    if (kept == null) {
      throw new FailedPrecondition("API tokens are off on this server; set ILTEO_AUTH_TOKENS=true");
    }
    return kept;
  }

  /** Makes a change of tokens count here at once, not only with the next refresh. */
  void tokensChanged() {
    if (credentials != null) {
      credentials.refreshTokens();
    }
  }
}
