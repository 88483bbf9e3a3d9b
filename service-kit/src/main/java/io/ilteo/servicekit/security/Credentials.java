package io.ilteo.servicekit.security;

import io.micrometer.core.instrument.Metrics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

/**
 * The API tokens and keys that are good now, held in memory so that no call waits for a database or
 * an issuer. Refreshed in the background; what cannot be refreshed stays as it was.
 */
final class Credentials implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Credentials.class);
  private static final Duration TOKENS_EVERY = Duration.ofSeconds(5);
  private static final Duration KEYS_EVERY = Duration.ofMinutes(5);
  private static final Duration ENDED_EVERY = Duration.ofHours(6);
  private static final Duration ENDED_KEPT = Duration.ofDays(90);
  private static final Duration KEYS_LIMIT = Duration.ofSeconds(10);

  private final AuthConfig config;
  private final Optional<TokenStore> store;
  private final ScheduledExecutorService refresher =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("credentials").factory());
  private volatile Map<String, ApiToken> tokens = Map.of();
  private volatile List<JsonWebKey> keys = List.of();

  Credentials(AuthConfig config, Optional<TokenStore> store) {
    this.config = config;
    this.store = store;
  }

  /** Reads everything once, then refreshes it until {@link #close}. */
  void start() {
    refreshTokens();
    refreshKeys();
    long tokensMillis = TOKENS_EVERY.toMillis();
    refresher.scheduleWithFixedDelay(
        () -> attempt("API tokens", this::refreshTokens),
        tokensMillis,
        tokensMillis,
        TimeUnit.MILLISECONDS);
    long keysMillis = KEYS_EVERY.toMillis();
    refresher.scheduleWithFixedDelay(
        () -> attempt("keys", this::refreshKeys), keysMillis, keysMillis, TimeUnit.MILLISECONDS);
    refresher.scheduleWithFixedDelay(
        () -> attempt("list of ended tokens", this::forgetEnded),
        ENDED_EVERY.toMinutes(),
        ENDED_EVERY.toMinutes(),
        TimeUnit.MINUTES);
  }

  private void forgetEnded() {
    store.ifPresent(
        s ->
            Metrics.counter("ilteo.retention.deleted", "what", "tokens")
                .increment(s.forgetEnded(ENDED_KEPT)));
  }

  private static void attempt(String what, Runnable refresh) {
    try {
      refresh.run();
    } catch (RuntimeException failure) {
      LOG.warnf(
          "The %s could not be refreshed and stay as they are: %s", what, failure.getMessage());
    }
  }

  void refreshTokens() {
    Map<String, ApiToken> fresh = new HashMap<>();
    config.tokensFile().ifPresent(f -> TokenFile.read(f).forEach(t -> fresh.put(t.id(), t)));
    store.ifPresent(s -> s.list().forEach(row -> fresh.put(row.token().id(), row.token())));
    tokens = Map.copyOf(fresh);
  }

  private void refreshKeys() {
    config.jwks().ifPresent(place -> keys = read(place));
  }

  private static List<JsonWebKey> read(String place) {
    try {
      String json = place.startsWith("https://") ? fetch(place) : Files.readString(Path.of(place));
      return List.copyOf(new JsonWebKeySet(json).getJsonWebKeys());
    } catch (IOException | JoseException failure) {
      throw new IllegalArgumentException("no keys at " + place + ": " + failure.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalArgumentException("interrupted while reading keys", interrupted);
    }
  }

  private static String fetch(String url) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(KEYS_LIMIT).build()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create(url)).timeout(KEYS_LIMIT).build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException("it answered " + response.statusCode());
      }
      return response.body();
    }
  }

  Optional<ApiToken> token(String id) {
    return Optional.ofNullable(tokens.get(id));
  }

  List<JsonWebKey> keys() {
    return keys;
  }

  @Override
  public void close() {
    refresher.shutdownNow();
  }
}
