package io.ilteo.tuner.bench;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flywaydb.core.Flyway;

/**
 * What a cluster of many model replicas asks of the tuners and of PostgreSQL: real dispatchers,
 * real persistence and a real database; only the training is left out ({@link SimulatedReplicas}).
 *
 * <p>Trials get shorter from phase to phase, until the replicas begin to wait. {@code --replicas N}
 * (1,000), {@code --studies N} (100), {@code --tuners N} (4), {@code --connections N} a tuner (32),
 * {@code --trial-seconds A,B,…} medians (30,15,8,4), {@code --epochs N} (20), {@code --sampler}
 * (random), {@code --pruner} (none), {@code --seed N} (1). The database is the one that {@code
 * ILTEO_DB_URL}, {@code _USER} and {@code _PASSWORD} name; it must be empty. Fails if a study ends
 * with a number of trials that is not its budget, or if an attempt was given or trained twice.
 */
public final class CapacityBench {
  /** A cluster keeps up if its replicas train for so much of the time. */
  private static final double BUSY_ENOUGH = 0.9;

  private static final Duration MEASURED = Duration.ofSeconds(30);

  private CapacityBench() {}

  /** Prints one JSON object a figure. */
  public static void main(String[] args) throws SQLException, IOException, InterruptedException {
    Map<String, String> options = options(args);
    Scale scale =
        new Scale(
            number(options, "replicas", 1_000),
            number(options, "studies", 100),
            number(options, "tuners", 4),
            number(options, "connections", 32),
            number(options, "epochs", 20),
            options.getOrDefault("sampler", "random"),
            options.getOrDefault("pruner", "none"),
            number(options, "seed", 1));
    Database database = Database.ofEnvironment();
    database.migrate();
    double knee = Double.NaN;
    for (String seconds : options.getOrDefault("trial-seconds", "30,15,8,4").split(",", -1)) {
      Duration median = Duration.ofMillis(Math.round(Double.parseDouble(seconds) * 1_000));
      double busy = measure(scale, database, median);
      if (busy >= BUSY_ENOUGH) {
        knee = median.toMillis() / 1e3;
      }
    }
    if (!Double.isNaN(knee)) {
      Json.print("capacity_knee_trial", knee, "s", scale.parameters());
    }
    try (AgroalDataSource pool = database.pool(1)) {
      size(new DatabaseLoad(pool).sizes());
    }
  }

  private static double measure(Scale scale, Database database, Duration median)
      throws SQLException, IOException, InterruptedException {
    List<AgroalDataSource> pools = new ArrayList<>();
    try (AgroalDataSource watching = database.pool(2)) {
      for (int i = 0; i < scale.tuners(); i++) {
        pools.add(database.pool(scale.connections()));
      }
      CapacityPhase.Result result =
          new CapacityPhase(scale, median, MEASURED, pools, new DatabaseLoad(watching), watching)
              .run();
      Map<String, Object> parameters = new HashMap<>(scale.parameters());
      parameters.put("median_trial_s", median.toMillis() / 1e3);
      result
          .figures()
          .forEach(
              (name, figure) ->
                  Json.print("capacity_" + name, figure.value(), figure.unit(), parameters));
      return result.busyShare();
    } finally {
      pools.forEach(AgroalDataSource::close);
    }
  }

  private static void size(Map<String, DatabaseLoad.TableSize> sizes) {
    double thousands = Objects.requireNonNull(sizes.get("trial")).rows() / 1e3;
    sizes.forEach(
        (table, size) -> {
          Map<String, Object> parameters = Map.of("table", table);
          Json.print("capacity_rows_per_1000_trials", size.rows() / thousands, "rows", parameters);
          Json.print("capacity_bytes_per_1000_trials", size.bytes() / thousands, "B", parameters);
        });
  }

  /**
   * How large the cluster is.
   *
   * @param replicas model replicas, each with one training at a time
   * @param tuners tuner replicas, each with a pool of {@code connections}
   */
  record Scale(
      int replicas,
      int studies,
      int tuners,
      int connections,
      int epochs,
      String sampler,
      String pruner,
      int seed) {
    Map<String, Object> parameters() {
      return Map.of(
          "replicas", replicas,
          "studies", studies,
          "tuners", tuners,
          "connections", tuners * connections,
          "sampler", sampler,
          "pruner", pruner);
    }
  }

  /** Where the database is. */
  record Database(String url, String user, String password) {
    static Database ofEnvironment() {
      return new Database(
          variable("ILTEO_DB_URL"), variable("ILTEO_DB_USER"), variable("ILTEO_DB_PASSWORD"));
    }

    private static String variable(String name) {
      String value = System.getenv(name);
      if (value == null) {
        throw new IllegalArgumentException(name + " is not set; ./ilteo bench capacity sets it");
      }
      return value;
    }

    void migrate() {
      Flyway.configure()
          .dataSource(url, user, password)
          .schemas("tuner")
          .locations("db/tuner")
          .load()
          .migrate();
    }

    AgroalDataSource pool(int connections) throws SQLException {
      return AgroalDataSource.from(
          new AgroalDataSourceConfigurationSupplier()
              .connectionPoolConfiguration(
                  pool ->
                      pool.maxSize(connections)
                          .acquisitionTimeout(Duration.ofSeconds(10))
                          .connectionFactoryConfiguration(
                              factory ->
                                  factory
                                      .jdbcUrl(url)
                                      .jdbcProperty("currentSchema", "tuner")
                                      .principal(new NamePrincipal(user))
                                      .credential(new SimplePassword(password)))));
    }

    /** Never the password. */
    @Override
    public String toString() {
      return url;
    }
  }

  private static int number(Map<String, String> options, String name, int fallback) {
    return Integer.parseInt(options.getOrDefault(name, Integer.toString(fallback)));
  }

  private static Map<String, String> options(String[] args) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i + 1 < args.length; i++) {
      if (args[i].startsWith("--") && !args[i].equals("--json")) {
        options.put(args[i].substring(2), args[++i]);
      }
    }
    return options;
  }
}
