package io.ilteo.tuner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.RetryInfo;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.ilteo.localpostgres.FreePorts;
import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.proto.model.v1.MetricValue;
import io.ilteo.proto.tuner.v1.AskTrialRequest;
import io.ilteo.proto.tuner.v1.AskTrialResponse;
import io.ilteo.proto.tuner.v1.CreateStudyRequest;
import io.ilteo.proto.tuner.v1.GenerateReportRequest;
import io.ilteo.proto.tuner.v1.GetStudyRequest;
import io.ilteo.proto.tuner.v1.GetTrialRequest;
import io.ilteo.proto.tuner.v1.ListTasksRequest;
import io.ilteo.proto.tuner.v1.ReportFormat;
import io.ilteo.proto.tuner.v1.ReportLanguage;
import io.ilteo.proto.tuner.v1.ReportServiceGrpc;
import io.ilteo.proto.tuner.v1.Study;
import io.ilteo.proto.tuner.v1.StudyServiceGrpc;
import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.proto.tuner.v1.StudyState;
import io.ilteo.proto.tuner.v1.TellTrialRequest;
import io.ilteo.proto.tuner.v1.TellTrialResponse;
import io.ilteo.proto.tuner.v1.TrialServiceGrpc;
import io.ilteo.proto.tuner.v1.TrialState;
import io.ilteo.proto.tuner.v1.WatchStudyRequest;
import io.ilteo.tuner.simulated.Faults;
import io.ilteo.tuner.simulated.Landscape;
import io.ilteo.tuner.simulated.SimulatedTask;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole server on the wire: gRPC, REST and the dashboard's page. */
@QuarkusTest
@Tag("quarkus")
@QuarkusTestResource(ServerTest.Surroundings.class)
public class ServerTest {
  @ConfigProperty(name = "quarkus.grpc.server.test-port")
  int grpcPort;

  @ConfigProperty(name = "quarkus.http.test-port")
  int httpPort;

  private ManagedChannel channel;
  private StudyServiceGrpc.StudyServiceBlockingStub studies;

  @BeforeEach
  void connect() {
    channel = NettyChannelBuilder.forAddress("127.0.0.1", grpcPort).usePlaintext().build();
    studies = StudyServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
  }

  @Test
  void fullStudySaysWhenToAskAgain() {
    Study study = driven(5);
    var trials = TrialServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
    AskTrialRequest ask = AskTrialRequest.newBuilder().setStudy(study.getName()).build();
    trials.askTrial(ask);
    StatusRuntimeException refused =
        catchThrowableOfType(StatusRuntimeException.class, () -> trials.askTrial(ask));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(StatusProto.fromThrowable(refused).getDetailsList())
        .singleElement()
        .satisfies(
            detail ->
                assertThat(detail.unpack(RetryInfo.class).getRetryDelay().getNanos()).isPositive());
  }

  @Test
  void oneCallTellsAResultAndAsksForTheNextTrial() {
    String study = driven(3).getName();
    var trials = TrialServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
    AskTrialResponse first = trials.askTrial(AskTrialRequest.newBuilder().setStudy(study).build());

    TellTrialRequest.Builder tell = told(first).setAskNext(askNext("w".repeat(129), "a"));
    StatusRuntimeException refused =
        catchThrowableOfType(StatusRuntimeException.class, () -> trials.tellTrial(tell.build()));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(trials.getTrial(named(first)).getTrial().getState())
        .as("a call that is refused tells nothing")
        .isEqualTo(TrialState.TRIAL_STATE_RUNNING);

    tell.setAskNext(askNext("one call", "a"));
    TellTrialResponse answer = trials.tellTrial(tell.build());
    assertThat(answer.getTrial().getState()).isEqualTo(TrialState.TRIAL_STATE_COMPLETED);
    AskTrialResponse second = answer.getNext();
    assertThat(second.getTrial().getName()).isEqualTo(study + "/trials/2");
    assertThat(trials.tellTrial(tell.build()))
        .as("repeated, since its answer may have been lost")
        .isEqualTo(answer);

    AskTrialResponse third =
        trials.tellTrial(told(second).setAskNext(askNext("one call", "b")).build()).getNext();
    TellTrialResponse end =
        trials.tellTrial(told(third).setAskNext(askNext("one call", "c")).build());
    assertThat(end.hasNext()).as("the budget is spent").isFalse();
    assertThat(studies.getStudy(GetStudyRequest.newBuilder().setName(study).build()).getStudy())
        .satisfies(
            s -> assertThat(s.getState()).isEqualTo(StudyState.STUDY_STATE_COMPLETED),
            s -> assertThat(s.getProgress().getCompleted()).isEqualTo(3));
  }

  /** A study of so many trials that runs and waits for who asks. */
  private Study driven(int budget) {
    return studies
        .createStudy(
            CreateStudyRequest.newBuilder()
                .setSpec(
                    TunerFixture.driven(SimulatedTask.space(Landscape.BRANIN)).setBudget(budget))
                .setStart(true)
                .build())
        .getStudy();
  }

  private static TellTrialRequest.Builder told(AskTrialResponse asked) {
    return TellTrialRequest.newBuilder()
        .setAttempt(asked.getAttempt())
        .setToken(asked.getToken())
        .setCompleted(
            TellTrialRequest.Completed.newBuilder()
                .addMetrics(MetricValue.newBuilder().setName("loss").setValue(1)));
  }

  private static TellTrialRequest.AskNext askNext(String worker, String request) {
    return TellTrialRequest.AskNext.newBuilder().setWorker(worker).setRequestId(request).build();
  }

  private static GetTrialRequest named(AskTrialResponse asked) {
    return GetTrialRequest.newBuilder().setName(asked.getTrial().getName()).build();
  }

  @Test
  void studyRunsToItsReport() {
    Study created =
        studies
            .createStudy(
                CreateStudyRequest.newBuilder()
                    .setDisplayName("Branin | on *the* wire")
                    .setSpec(TunerFixture.simulated("branin", 12, 3))
                    .setStart(true)
                    .build())
            .getStudy();
    Iterator<io.ilteo.proto.tuner.v1.WatchStudyResponse> updates =
        studies.watchStudy(WatchStudyRequest.newBuilder().setName(created.getName()).build());
    Study last = created;
    while (updates.hasNext()) {
      last = updates.next().getStudy();
    }
    assertThat(last.getState()).isEqualTo(StudyState.STUDY_STATE_COMPLETED);
    assertThat(last.getProgress().getCompleted()).isEqualTo(12);

    assertThat(
            report(
                last, ReportLanguage.REPORT_LANGUAGE_ENGLISH, ReportFormat.REPORT_FORMAT_MARKDOWN))
        .contains(
            "# Tuning report",
            "Branin | on \\*the\\* wire",
            "701 sequences of 71 persons for training, 151 of 16 for validation, 148 of 13",
            "beats the best baseline, centre");
    assertThat(report(last, ReportLanguage.REPORT_LANGUAGE_KOREAN, ReportFormat.REPORT_FORMAT_HTML))
        .contains(
            "<html lang=\"ko\">",
            "결론",
            "<svg",
            "학습 701개(71명), 검증 151개(16명), 시험 148개(13명)",
            "하이퍼파라미터 중요도",
            "최적 시행의 훈련 과정",
            "이 연구를 위해 시험 폴드를 읽은 적이 없습니다");
  }

  private String report(Study study, ReportLanguage language, ReportFormat format) {
    return ReportServiceGrpc.newBlockingStub(channel)
        .generateReport(
            GenerateReportRequest.newBuilder()
                .addStudies(study.getName())
                .setLanguage(language)
                .setFormat(format)
                .build())
        .getContent()
        .toStringUtf8();
  }

  @Test
  void badInputGetsOneClearLine() {
    refuses(TunerFixture.simulated("branin", 0, 1), "budget is 0; a study needs 1 to 1000000");
    refuses(TunerFixture.simulated("nosuch", 5, 1), "architecture \"nosuch\" is unknown");
    refuses(TunerFixture.simulated("branin", 5, 1).setTask("turnover"), "task \"turnover\"");
    StudySpec.Builder sampler = TunerFixture.simulated("branin", 5, 1);
    sampler.getSamplerBuilder().setName("oracle");
    refuses(sampler, "sampler \"oracle\" is unknown; there are");
    StudySpec.Builder space = TunerFixture.simulated("branin", 5, 1);
    space
        .getSearchSpaceBuilder()
        .addParametersBuilder()
        .setName("x1")
        .getDoubleDomainBuilder()
        .setMin(3)
        .setMax(2);
    refuses(space, "x1");
  }

  private void refuses(StudySpec.Builder spec, String words) {
    assertThatThrownBy(
            () -> studies.createStudy(CreateStudyRequest.newBuilder().setSpec(spec).build()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            refused ->
                assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT))
        .hasMessageContaining(words);
  }

  @Test
  void serverIsHealthyAndKnowsItsTasks() {
    assertThat(
            HealthGrpc.newBlockingStub(channel)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus())
        .isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
    assertThat(studies.listTasks(ListTasksRequest.getDefaultInstance()).getTasksList())
        .hasSize(2)
        .anySatisfy(task -> assertThat(task.getReachable()).isTrue())
        .anySatisfy(
            task -> {
              assertThat(task.getReachable()).isFalse();
              assertThat(task.getError()).contains("does not answer");
            });
  }

  @Test
  void dashboardLoadsNothingFromElsewhere() throws IOException, InterruptedException {
    HttpResponse<String> page = get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy -> assertThat(policy).contains("default-src 'none'", "script-src 'self'"));
    assertThat(page.body()).contains("<ilteo-app>").doesNotContain("https://", "<script>");
    assertThat(get("/api/studies").body()).startsWith("{");
    HttpResponse<String> missing = get("/api/studies/999999");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).contains("there is no studies/999999");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  /** A database, a model service that answers and one that does not. */
  public static final class Surroundings implements QuarkusTestResourceLifecycleManager {
    private @Nullable SimulatedTask task;

    @Override
    public Map<String, String> start() {
      try {
        TestDatabase database = TestDatabase.create("tuner");
        task = new SimulatedTask(0, Faults.none());
        int dead = FreePorts.next();
        return Map.of(
            "quarkus.datasource.jdbc.url", database.jdbcUrl(),
            "quarkus.datasource.username", database.user(),
            "quarkus.datasource.password", database.password(),
            "ilteo.model-services", task.target() + ",dead=127.0.0.1:" + dead,
            "quarkus.grpc.server.test-port", Integer.toString(FreePorts.next()),
            "quarkus.http.test-port", Integer.toString(FreePorts.next()));
      } catch (IOException failure) {
        throw new IllegalStateException(failure);
      }
    }

    @Override
    public void stop() {
      if (task != null) {
        task.close();
      }
    }
  }
}
