package io.ilteo.tuner.persistence;

import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.proto.tuner.v1.PrunerSpec;
import io.ilteo.proto.tuner.v1.SamplerSpec;
import io.ilteo.tuner.TunerFixture;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.simulated.Landscape;
import io.ilteo.tuner.simulated.SimulatedTask;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A study of many trials, written by one statement. */
final class LargeStudy {
  private static final int MAX_VACUUMS = 100;

  private LargeStudy() {}

  /** One that runs and has room for ten more trials, a quarter of them pruned. */
  static StudyId create(TestDatabase database, TunerFixture tuner, int trials) throws SQLException {
    StudyId study = empty(tuner, trials + 10);
    String insert =
        """
        INSERT INTO trial (study_id, number, state, origin, parameters, metrics, objectives,
          space_version, seed, history_cut, history_place, attempts, started_at, ended_at)
        SELECT %1$d, n, CASE WHEN n %% 4 = 0 THEN 'PRUNED' ELSE 'COMPLETED' END, 'IMPORTED',
          jsonb_build_object('x1', jsonb_build_object('double', (n * 7919 %% %2$d) / 1e4),
                             'x2', jsonb_build_object('double', n / 1e4)),
          jsonb_build_object('loss', n * 104729 %% %2$d), ARRAY[n * 104729 %% %2$d]::float8[],
          1, n, n - 1, n, 1, now() - interval '1 s' * n, now()
          FROM generate_series(1::bigint, %2$d) AS n
        """
            .formatted(study.value(), trials);
    database.execute(
        insert,
        "UPDATE study SET last_number = %1$d, history_length = %1$d WHERE id = %2$d"
            .formatted(trials, study.value()),
        """
        INSERT INTO measurement (trial_id, step, metrics)
        SELECT id, 1, jsonb_build_object('loss', objective) FROM trial WHERE study_id = %d
        """
            .formatted(study.value()));
    for (String table : List.of("trial", "trial_parameter", "measurement")) {
      vacuum(database, table);
    }
    return study;
  }

  /** One that runs and has no trials yet. */
  static StudyId empty(TunerFixture tuner, int budget) {
    return tuner
        .running(
            TunerFixture.driven(SimulatedTask.space(Landscape.BRANIN))
                .setSampler(SamplerSpec.newBuilder().setName("random"))
                .setPruner(PrunerSpec.newBuilder().setName("median"))
                .setComputeGroup("one")
                .setBudget(budget)
                .build())
        .id();
  }

  /** Until an index can answer alone; whoever analyses a table just then holds that up. */
  private static void vacuum(TestDatabase database, String table) throws SQLException {
    for (int i = 0; i < MAX_VACUUMS; i++) {
      database.execute("VACUUM ANALYZE " + table);
      String sql = "SELECT relallvisible >= relpages FROM pg_class WHERE relname = '%s'";
      try (Connection connection = database.dataSource().getConnection();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql.formatted(table))) {
        row.next();
        if (row.getBoolean(1)) {
          return;
        }
      }
    }
    throw new AssertionError(table + " has pages that are not visible to everybody");
  }
}
