package io.ilteo.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.ilteo.cli.platform.PlatformPort;
import io.ilteo.endtoend.Installation.Result;
import io.ilteo.endtoend.Installation.Running;
import io.ilteo.proto.tuner.v1.ListStudiesRequest;
import io.ilteo.proto.tuner.v1.StudyServiceGrpc;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What happens to {@code ./ilteo run} when a process of the platform, or its own, is killed. */
class KilledRunIT extends InstalledPlatform {
  private static final String[] KILLABLE = {
    "run", "--trials", "4", "--persons", "300", "--max-epochs", "6", "--without-joint", "--json"
  };

  /**
   * First the services and the database are killed under a run, which waits and sees them healed;
   * then the run itself, which goes on where it stood when it is started again.
   */
  @Test
  void killedProcessesCostNoTrialAndAKilledRunGoesOn() throws Exception {
    Running run = startKillableRun();
    ilteo.kill("wage-service");
    ilteo.kill("tuner-service");
    ilteo.kill("postgresql");
    assertThat(ilteo.run("up").exitCode()).isZero();
    awaitTrials(2);
    assertThat(run.process().isAlive()).isTrue();

    run.kill();
    ilteo.kill("satisfaction-service");
    assertThat(ilteo.run("up").exitCode()).isZero();
    Result result = ilteo.run(KILLABLE);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThatBothStudiesHaveFourTrials();
  }

  /** A run of which a trial has ended. */
  private Running startKillableRun() throws Exception {
    assertThat(ilteo.run("up").exitCode()).isZero();
    Running run = ilteo.start(KILLABLE);
    awaitTrials(1);
    return run;
  }

  private void assertThatBothStudiesHaveFourTrials() throws Exception {
    assertThat(ilteo.count("SELECT count(*) FROM tuner.study")).isEqualTo(2);
    assertThat(
            ilteo.count(
                "SELECT count(*) FROM tuner.study s WHERE state = 'COMPLETED' AND 4 = (SELECT"
                    + " count(*) FROM tuner.trial t WHERE t.study_id = s.id AND t.origin <>"
                    + " 'CONFIRMATION' AND t.state IN ('COMPLETED', 'PRUNED'))"))
        .isEqualTo(2);
    assertThat(ilteo.count("SELECT count(*) FROM tuner.trial WHERE state = 'RUNNING'")).isZero();
  }

  /** Until so many trials have ended in all studies, as a person sees it who lists them. */
  private void awaitTrials(int wanted) throws InterruptedException {
    ManagedChannel tuner = ilteo.channel(PlatformPort.TUNER_GRPC);
    try {
      var stub = StudyServiceGrpc.newBlockingStub(tuner).withDeadlineAfter(3, TimeUnit.MINUTES);
      int ended = 0;
      while (ended < wanted) {
        TimeUnit.MILLISECONDS.sleep(200);
        ended =
            stub.listStudies(ListStudiesRequest.getDefaultInstance()).getStudiesList().stream()
                .mapToInt(
                    study -> study.getProgress().getCompleted() + study.getProgress().getPruned())
                .sum();
      }
    } finally {
      tuner.shutdownNow();
    }
  }
}
