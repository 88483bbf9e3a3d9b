package io.ilteo.cli.run;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.ilteo.cli.client.Access;
import io.ilteo.cli.client.Services;
import io.ilteo.cli.platform.Home;
import io.ilteo.proto.model.v1.Architecture;
import io.ilteo.proto.model.v1.DescribeTaskRequest;
import io.ilteo.proto.model.v1.DescribeTaskResponse;
import io.ilteo.proto.model.v1.Task;
import io.ilteo.proto.model.v1.TrainingServiceGrpc;
import io.ilteo.proto.panel.v1.ImportPanelRequest;
import io.ilteo.proto.panel.v1.ImportPanelResponse;
import io.ilteo.proto.panel.v1.Panel;
import io.ilteo.proto.panel.v1.PanelServiceGrpc;
import io.ilteo.proto.panel.v1.SynthesizePanelRequest;
import io.ilteo.proto.panel.v1.SynthesizePanelResponse;
import io.ilteo.proto.search.v1.ParameterSpec;
import io.ilteo.proto.search.v1.ParameterValue;
import io.ilteo.proto.search.v1.SearchSpace;
import io.ilteo.proto.tuner.v1.ConfirmWinnersRequest;
import io.ilteo.proto.tuner.v1.ConfirmWinnersResponse;
import io.ilteo.proto.tuner.v1.Confirmation;
import io.ilteo.proto.tuner.v1.CreateStudyRequest;
import io.ilteo.proto.tuner.v1.CreateStudyResponse;
import io.ilteo.proto.tuner.v1.GetStudyRequest;
import io.ilteo.proto.tuner.v1.GetStudyResponse;
import io.ilteo.proto.tuner.v1.PromoteTrialRequest;
import io.ilteo.proto.tuner.v1.PromoteTrialResponse;
import io.ilteo.proto.tuner.v1.Study;
import io.ilteo.proto.tuner.v1.StudyProgress;
import io.ilteo.proto.tuner.v1.StudyServiceGrpc;
import io.ilteo.proto.tuner.v1.StudyState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The three services as one gRPC server on loopback: takes any panel, keeps studies by request id,
 * and finishes one trial of a study each time somebody looks at it.
 */
final class FakePlatform implements AutoCloseable {
  static final String REFUSED_MAPPING = "no-such-mapping";

  final List<ByteString> imported = new CopyOnWriteArrayList<>();
  final Map<String, Study> studiesByRequest = new LinkedHashMap<>();
  final List<PromoteTrialRequest> promotions = new CopyOnWriteArrayList<>();
  final AtomicInteger synthesized = new AtomicInteger();

  /** So many looks at a study are answered as if the tuner were down. */
  final AtomicInteger outages = new AtomicInteger();

  private final Home home;
  private final Server server;

  FakePlatform(Path folder) throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new FakePanels())
            .addService(new FakeStudies())
            .addService(new FakeTraining())
            .build()
            .start();
    int port = server.getPort();
    Files.writeString(
        folder.resolve("config.properties"),
        "port.wage.grpc=%d%nport.satisfaction.grpc=%d%nport.tuner.grpc=%d%n"
            .formatted(port, port, port));
    home = Home.at(folder, folder);
  }

  Home home() {
    return home;
  }

  Services connect() {
    return Services.of(Access.of(home, Map.of()));
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private final class FakePanels extends PanelServiceGrpc.PanelServiceImplBase {
    @Override
    public void synthesizePanel(
        SynthesizePanelRequest request, StreamObserver<SynthesizePanelResponse> observer) {
      synthesized.incrementAndGet();
      for (String part : List.of("persons,", request.getPersons() + "\n")) {
        observer.onNext(
            SynthesizePanelResponse.newBuilder().setChunk(ByteString.copyFromUtf8(part)).build());
      }
      observer.onCompleted();
    }

    @Override
    public StreamObserver<ImportPanelRequest> importPanel(
        StreamObserver<ImportPanelResponse> observer) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      return new StreamObserver<>() {
        private boolean refused;

        @Override
        public void onNext(ImportPanelRequest request) {
          if (request.getHeader().getMapping().equals(REFUSED_MAPPING)) {
            refused = true;
            observer.onError(
                Status.INVALID_ARGUMENT
                    .withDescription("There is no mapping \"" + REFUSED_MAPPING + "\".")
                    .asRuntimeException());
          }
          bytes.writeBytes(request.getChunk().toByteArray());
        }

        @Override
        public void onError(Throwable failure) {
          refused = true;
        }

        @Override
        public void onCompleted() {
          if (!refused) {
            imported.add(ByteString.copyFrom(bytes.toByteArray()));
            observer.onNext(
                ImportPanelResponse.newBuilder()
                    .setPanel(Panel.newBuilder().setName("panels/0123456789abcdef"))
                    .build());
            observer.onCompleted();
          }
        }
      };
    }
  }

  private final class FakeStudies extends StudyServiceGrpc.StudyServiceImplBase {
    @Override
    public void createStudy(
        CreateStudyRequest request, StreamObserver<CreateStudyResponse> observer) {
      Study study =
          studiesByRequest.computeIfAbsent(
              request.getRequestId(),
              id ->
                  Study.newBuilder()
                      .setName("studies/" + (studiesByRequest.size() + 1))
                      .setState(StudyState.STUDY_STATE_RUNNING)
                      .setSpec(request.getSpec())
                      .build());
      observer.onNext(CreateStudyResponse.newBuilder().setStudy(study).build());
      observer.onCompleted();
    }

    @Override
    public void getStudy(GetStudyRequest request, StreamObserver<GetStudyResponse> observer) {
      if (outages.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        observer.onError(Status.UNAVAILABLE.withDescription("restarting").asRuntimeException());
        return;
      }
      studiesByRequest.replaceAll(
          (id, study) -> study.getName().equals(request.getName()) ? advance(study) : study);
      studiesByRequest.values().stream()
          .filter(study -> study.getName().equals(request.getName()))
          .forEach(study -> observer.onNext(GetStudyResponse.newBuilder().setStudy(study).build()));
      observer.onCompleted();
    }

    @Override
    public void confirmWinners(
        ConfirmWinnersRequest request, StreamObserver<ConfirmWinnersResponse> observer) {
      studiesByRequest.replaceAll(
          (id, study) ->
              study.getName().equals(request.getStudy())
                  ? study.toBuilder()
                      .addConfirmations(
                          Confirmation.newBuilder()
                              .setTrial(study.getProgress().getBestTrial())
                              .addAllValues(List.of(1.0, 2.0))
                              .setMean(1.5))
                      .build()
                  : study);
      observer.onNext(ConfirmWinnersResponse.getDefaultInstance());
      observer.onCompleted();
    }

    /** The wage clears its baseline, the satisfaction does not. */
    @Override
    public void promoteTrial(
        PromoteTrialRequest request, StreamObserver<PromoteTrialResponse> observer) {
      boolean clears =
          studiesByRequest.values().stream()
              .anyMatch(
                  study ->
                      study.getSpec().getTask().equals("wage")
                          && request.getTrial().startsWith(study.getName() + "/"));
      if (!clears && !request.getForce()) {
        observer.onError(
            Status.FAILED_PRECONDITION.withDescription("does not clear").asRuntimeException());
        return;
      }
      promotions.add(request);
      observer.onNext(
          PromoteTrialResponse.newBuilder().setModelVersion("models/task/versions/1").build());
      observer.onCompleted();
    }

    private Study advance(Study study) {
      int budget = study.getSpec().getBudget();
      int completed = Math.min(budget, study.getProgress().getCompleted() + 1);
      return study.toBuilder()
          .setProgress(
              StudyProgress.newBuilder()
                  .setCompleted(completed)
                  .setBestTrial(completed > 0 ? study.getName() + "/trials/1" : ""))
          .setState(
              completed == budget
                  ? StudyState.STUDY_STATE_COMPLETED
                  : StudyState.STUDY_STATE_RUNNING)
          .build();
    }
  }

  private final class FakeTraining extends TrainingServiceGrpc.TrainingServiceImplBase {
    @Override
    public void describeTask(
        DescribeTaskRequest request, StreamObserver<DescribeTaskResponse> observer) {
      ParameterSpec units =
          ParameterSpec.newBuilder()
              .setName("lstm_units_1")
              .setDefaultValue(ParameterValue.newBuilder().setIntegerValue(128))
              .build();
      observer.onNext(
          DescribeTaskResponse.newBuilder()
              .setTask(
                  Task.newBuilder()
                      .addArchitectures(
                          Architecture.newBuilder()
                              .setName("joint_lstm")
                              .setSearchSpace(SearchSpace.newBuilder().addParameters(units))))
              .build());
      observer.onCompleted();
    }
  }

  static String text(ByteString bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
