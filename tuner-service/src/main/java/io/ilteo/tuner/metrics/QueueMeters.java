package io.ilteo.tuner.metrics;

import io.ilteo.servicekit.error.DomainException.Unavailable;
import io.ilteo.servicekit.jdbc.Transactions;
import io.ilteo.tuner.domain.study.StudyState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The platform's studies and trials as the database counts them: every replica tells the same, so
 * ask for {@code max}, not {@code sum}. Read in the background, so that no scrape waits for a
 * database; while it is away the values are {@code NaN}, not old.
 */
@Singleton
public class QueueMeters {
  private static final Logger LOG = Logger.getLogger(QueueMeters.class);
  private static final int REFRESH_SECONDS = 5;
  private static final List<String> TRIAL_STATES =
      List.of("waiting", "running", "completed", "pruned", "failed", "stopped");

  private static final String STUDIES =
      """
      SELECT lower(state), count(*), sum(waiting), sum(running), sum(completed), sum(pruned), sum(failed),
             sum(stopped), sum(lost_attempts),
             sum(CASE WHEN state = 'RUNNING' THEN least(parallelism, budget - completed - pruned) ELSE 0 END)
        FROM study GROUP BY state
      """;
  private static final String OLDEST =
      """
      SELECT coalesce(extract(epoch FROM now() - min(greatest(t.created_at, t.not_before))), 0)
        FROM trial t JOIN study s ON s.id = t.study_id
       WHERE t.state = 'WAITING' AND s.state = 'RUNNING' AND t.not_before <= now()
      """;

  private final MeterRegistry registry;
  private final Transactions transactions;
  private final ScheduledExecutorService refresher =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("queue-meters").factory());
  private volatile Map<String, Double> values = Map.of();

  QueueMeters(MeterRegistry registry, Transactions transactions) {
    this.registry = registry;
    this.transactions = transactions;
  }

  void start(@Observes StartupEvent event) {
    AttemptMeters.register();
    for (StudyState state : StudyState.values()) {
      gauge("ilteo.studies", "studies." + state.name().toLowerCase(Locale.ROOT), state.name());
    }
    TRIAL_STATES.forEach(state -> gauge("ilteo.trials", "trials." + state, state));
    plain("ilteo.trials.wanted", "wanted");
    plain("ilteo.trial.oldest.waiting.seconds", "oldest");
    plain("ilteo.attempts.lost", "lost");
    refresher.scheduleWithFixedDelay(this::refresh, 0, REFRESH_SECONDS, TimeUnit.SECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    refresher.shutdownNow();
  }

  private void gauge(String name, String key, String state) {
    Gauge.builder(name, () -> value(key))
        .tag("state", state.toLowerCase(Locale.ROOT))
        .register(registry);
  }

  private void plain(String name, String key) {
    Gauge.builder(name, () -> value(key)).register(registry);
  }

  /** What the database has no row of is zero; before the first answer nothing is known. */
  private double value(String key) {
    Map<String, Double> known = values;
    return known.isEmpty() ? Double.NaN : known.getOrDefault(key, 0.0);
  }

  private void refresh() {
    try {
      values = transactions.call(QueueMeters::read);
    } catch (Unavailable away) {
      values = Map.of();
      LOG.debugf("no figures of the queue: %s", away.getMessage());
    } catch (RuntimeException failure) {
      values = Map.of();
      LOG.warnf(failure, "no figures of the queue");
    }
  }

  private static Map<String, Double> read(Connection connection) throws SQLException {
    Map<String, Double> read = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(STUDIES);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        read.put("studies." + row.getString(1), row.getDouble(2));
        for (int i = 0; i < TRIAL_STATES.size(); i++) {
          read.merge("trials." + TRIAL_STATES.get(i), row.getDouble(3 + i), Double::sum);
        }
        read.merge("lost", row.getDouble(9), Double::sum);
        read.merge("wanted", row.getDouble(10), Double::sum);
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(OLDEST);
        ResultSet row = statement.executeQuery()) {
      row.next();
      read.put("oldest", row.getDouble(1));
    }
    return Map.copyOf(read);
  }
}
