package io.ilteo.tuner.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.ilteo.localpostgres.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The capacity benchmark in small: it ends only if every study got exactly its trials. */
class CapacityPhaseTest {
  @Test
  void twoTunersShareFortyReplicasAndEveryStudyEndsWithItsBudget() throws Exception {
    TestDatabase test = TestDatabase.create("tuner");
    CapacityBench.Database database =
        new CapacityBench.Database(test.jdbcUrl(), test.user(), test.password());
    database.migrate();
    CapacityBench.Scale scale = new CapacityBench.Scale(40, 5, 2, 8, 4, "random", "none", 1);
    try (AgroalDataSource one = database.pool(8);
        AgroalDataSource two = database.pool(8)) {
      DatabaseLoad load = new DatabaseLoad(one);
      CapacityPhase.Result result =
          new CapacityPhase(
                  scale, Duration.ofSeconds(1), Duration.ofSeconds(2), List.of(one, two), load, one)
              .run();
      double trials = Objects.requireNonNull(result.figures().get("trials")).value();
      assertThat(trials).isEqualTo(160);
      assertThat(result.busyShare()).isBetween(0.05, 1.0);
      assertThat(result.figures().values()).allMatch(figure -> figure.value() >= 0);
      assertThat(load.sizes())
          .hasEntrySatisfying("trial", size -> assertThat(size.rows()).isEqualTo(160))
          .hasEntrySatisfying("attempt", size -> assertThat(size.rows()).isEqualTo(160))
          .hasEntrySatisfying("measurement", size -> assertThat(size.rows()).isEqualTo(640));
      assertThat(load.cpuSeconds()).isPositive();
    }
  }
}
