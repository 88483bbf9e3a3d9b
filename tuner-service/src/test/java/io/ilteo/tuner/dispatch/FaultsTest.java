package io.ilteo.tuner.dispatch;

import static io.ilteo.tuner.TunerFixture.simulated;
import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.localpostgres.FreePorts;
import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.tuner.TunerFixture;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.domain.study.StudyState;
import io.ilteo.tuner.domain.study.TrialState;
import io.ilteo.tuner.simulated.Faults;
import io.ilteo.tuner.simulated.SimulatedTask;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Processes that are killed and a database that goes away, in the middle of a study. Short here; as
 * long as one likes with {@code -Dfaults.kill-seconds=10 -Dfaults.kills=12
 * -Dfaults.outage-seconds=20}.
 */
class FaultsTest {
  private static final Duration LIMIT = Duration.ofMinutes(6);
  private static final int KILL_SECONDS = Integer.getInteger("faults.kill-seconds", 4);
  private static final int KILLS = Integer.getInteger("faults.kills", 6);
  private static final int OUTAGE_SECONDS = Integer.getInteger("faults.outage-seconds", 1);

  /** A step of a simulated training: so long that the study lasts through the kills. */
  private static final String STEP_MILLIS = Integer.toString(50 * KILL_SECONDS);

  @Test
  void killedReplicasLeaveExactlyTheBudgetAndNoZombie()
      throws IOException, SQLException, InterruptedException {
    TestDatabase database = TestDatabase.create("tuner");
    int port = FreePorts.next();
    String services = SimulatedTask.NAME + "=127.0.0.1:" + port;
    List<String> tunerArguments =
        List.of(database.jdbcUrl(), database.user(), database.password(), services, "5");
    Process model = java(SimulatedTask.class, List.of(Integer.toString(port), STEP_MILLIS));
    Process replica = java(TunerProcess.class, tunerArguments);
    try (TunerFixture tuner = TunerFixture.on(database, services)) {
      model.getInputStream().read();
      Study study = tuner.running(simulated("branin", 60, 4).setMaxAttempts(20).build());
      for (int kill = 0; kill < KILLS; kill++) {
        boolean ended = !notEnded(tuner, study, Duration.ofSeconds(KILL_SECONDS));
        if (ended) {
          break;
        }
        if (kill % 2 == 0) {
          replica.destroyForcibly().waitFor();
          replica = java(TunerProcess.class, tunerArguments);
        } else {
          model.destroyForcibly().waitFor();
          model = java(SimulatedTask.class, List.of(Integer.toString(port), STEP_MILLIS));
        }
      }
      Study end = tuner.awaitEnd(study.id(), LIMIT);

      assertThat(end.state()).isEqualTo(StudyState.COMPLETED);
      assertThat(end.progress().finished()).isEqualTo(60);
      assertThat(end.progress().lostAttempts()).isPositive();
      assertThat(tuner.trials(study.id()))
          .extracting(Trial::state)
          .doesNotContain(TrialState.RUNNING, TrialState.WAITING);
    } finally {
      replica.destroyForcibly().waitFor();
      model.destroyForcibly().waitFor();
    }
  }

  /** Waits for the study's end; true if it has not ended in time. */
  private static boolean notEnded(TunerFixture tuner, Study study, Duration limit) {
    try {
      tuner.awaitEnd(study.id(), limit);
      return false;
    } catch (AssertionError stillRunning) {
      return true;
    }
  }

  private static Process java(Class<?> main, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.to(new File("/dev/null")))
        .start();
  }

  @Test
  void studyOutlivesADatabaseThatGoesAway() throws IOException, SQLException, InterruptedException {
    TestDatabase database = TestDatabase.create("tuner");
    try (SimulatedTask task = new SimulatedTask(0, Faults.none().withPause(Duration.ofMillis(50)));
        TunerFixture tuner = TunerFixture.on(database, task.target());
        Dispatcher dispatcher = tuner.dispatcher("a", Duration.ofSeconds(5))) {
      dispatcher.start();
      Study study = tuner.running(simulated("branin", 30, 3).setMaxAttempts(9).build());
      tuner.await(study.id(), LIMIT, s -> s.progress().completed() >= 5);
      TestDatabase.stopServer();
      assertThat(task.awaitIdle(20, TimeUnit.SECONDS)).isTrue();
      // Nobody counts this down: it is the time without a database.
      assertThat(new CountDownLatch(1).await(OUTAGE_SECONDS, TimeUnit.SECONDS)).isFalse();
      TestDatabase.startServer();
      Study end = tuner.awaitEnd(study.id(), LIMIT);

      assertThat(end.state()).isEqualTo(StudyState.COMPLETED);
      assertThat(end.progress().completed()).isEqualTo(30);
    }
  }
}
