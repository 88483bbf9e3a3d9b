package io.ilteo.tuner.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.tuner.TunerFixture;
import io.ilteo.tuner.application.Asking;
import io.ilteo.tuner.application.ClaimResult;
import io.ilteo.tuner.application.Lease;
import io.ilteo.tuner.application.Measurement;
import io.ilteo.tuner.application.Outcome;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.persistence.ExplainedDatabase.Explained;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * PostgreSQL keeps the plan of a prepared statement until a table is next analysed. What it plans
 * while there are no trials yet must therefore serve thousands: with nothing to tell indexes apart,
 * a plan that reads all trials of a study looks as good as one that reads the new ones.
 */
class YoungDatabaseTest {
  /** Indexes that find one trial, or the new, waiting or running ones, but for a page of all. */
  private static final Pattern PAGES = Pattern.compile("trial_by_\\w+");

  @Test
  void plansOfTheFirstTrialsReadNoPageOfAllTrials() throws SQLException {
    ExplainedDatabase plans = new ExplainedDatabase();
    TestDatabase database = TestDatabase.create("tuner");
    try (TunerFixture tuner =
        new TunerFixture(
            database.jdbcUrl(), database.user(), database.password(), "", plans::around)) {
      StudyId study = LargeStudy.empty(tuner, 100);
      for (int trial = 0; trial < 3; trial++) {
        plans.take();
        Lease lease =
            ((ClaimResult.Leased)
                    tuner.work.ask(
                        study,
                        new Asking("test", Duration.ofSeconds(60), Optional.of("r" + trial))))
                .lease();
        tuner.work.report(
            lease.attempt(),
            lease.token(),
            List.of(Measurement.at(1, Map.of("loss", 1.0), Duration.ZERO)),
            "");
        tuner.work.tell(
            lease.attempt(),
            lease.token(),
            new Outcome.Completed(Map.of("loss", 1.0), List.of(1.0), ""));
        List<Explained> statements = plans.take();
        assertThat(statements)
            .allSatisfy(explained -> assertThat(explained.plan()).doesNotContainPattern(PAGES))
            .filteredOn(explained -> explained.sql().contains("history_place > "))
            .hasSizeGreaterThanOrEqualTo(2)
            .allSatisfy(explained -> assertThat(explained.plan()).contains("trial_history"));
      }
    }
  }
}
