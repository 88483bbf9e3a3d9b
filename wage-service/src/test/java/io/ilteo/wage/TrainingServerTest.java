package io.ilteo.wage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.ilteo.modelkit.hosting.bench.ModelServiceClient;
import io.ilteo.proto.model.v1.DataSpec;
import io.ilteo.proto.model.v1.TrainRequest;
import io.ilteo.proto.model.v1.TrainResponse;
import io.ilteo.proto.model.v1.TrainResponse.Checkpoint;
import io.ilteo.proto.model.v1.TrainResponse.Finished;
import io.ilteo.proto.model.v1.TrainingServiceGrpc;
import io.ilteo.proto.search.v1.Parameter;
import io.ilteo.proto.search.v1.ParameterValue;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Training over the wire, on a replica that trains one network at a time. */
@QuarkusTest
@QuarkusTestResource(value = TrainingServerTest.OneSlot.class, restrictToAnnotatedClass = true)
class TrainingServerTest {
  private static final Duration PROMPTLY = Duration.ofSeconds(5);

  @ConfigProperty(name = "quarkus.grpc.server.test-port")
  int grpcPort;

  private ManagedChannel channel;
  private String panel;

  @BeforeEach
  void connect() throws Exception {
    channel = NettyChannelBuilder.forAddress("127.0.0.1", grpcPort).usePlaintext().build();
    ModelServiceClient client = new ModelServiceClient(channel);
    panel = client.importPanel(client.synthesize(400, 5));
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
  }

  private TrainRequest.Builder request(int epochs) {
    return TrainRequest.newBuilder()
        .setAttempt("studies/1/trials/1/attempts/1")
        .setData(DataSpec.newBuilder().setPanel(panel))
        .setSeed(3)
        .setMaxEpochs(epochs)
        .setPatience(epochs)
        .setCheckpointEveryEpochs(1);
  }

  private Iterator<TrainResponse> train(TrainRequest.Builder request) {
    return TrainingServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(2, TimeUnit.MINUTES)
        .train(request.build());
  }

  @Test
  void oneTrainingTooManyIsTurnedAwayAndACancelledOneMakesRoomAtOnce() throws Exception {
    Context.CancellableContext caller = Context.current().withCancellation();
    Iterator<TrainResponse> events = caller.call(() -> train(request(10_000)));
    while (!events.next().hasEpoch()) {
      assertThat(caller.isCancelled()).isFalse();
    }
    refused(
        Status.Code.RESOURCE_EXHAUSTED,
        "this replica trains 1 networks already",
        () -> train(request(1)).next());

    caller.cancel(null);
    List<TrainResponse> admitted = retried(request(1));
    assertThat(admitted.getLast().hasFinished()).isTrue();
  }

  @Test
  void aTrainingThatWasCutOffGoesOnToTheSameBits() throws Exception {
    Finished expected = all(train(request(4))).getLast().getFinished();

    Context.CancellableContext caller = Context.current().withCancellation();
    Iterator<TrainResponse> cutOff = caller.call(() -> train(request(4)));
    Checkpoint second = checkpoint(cutOff);
    while (second.getEpoch() < 2) {
      second = checkpoint(cutOff);
    }
    caller.cancel(null);

    TrainRequest.Builder rest = request(4).setResumeFrom(second.getName());
    List<TrainResponse> resumed = retried(rest);
    assertThat(resumed.stream().filter(TrainResponse::hasEpoch)).hasSize(4 - second.getEpoch());
    Finished finished = resumed.getLast().getFinished();
    assertThat(finished.getBestEpoch()).isEqualTo(expected.getBestEpoch());
    assertThat(finished.getMetricsList()).isEqualTo(expected.getMetricsList());
  }

  private static Checkpoint checkpoint(Iterator<TrainResponse> events) {
    TrainResponse event = events.next();
    while (!event.hasCheckpoint()) {
      event = events.next();
    }
    return event.getCheckpoint();
  }

  /** All events of a training that is admitted as soon as the one before has noticed its end. */
  private List<TrainResponse> retried(TrainRequest.Builder request) {
    Instant since = Instant.now();
    while (true) {
      assertThat(Duration.between(since, Instant.now())).isLessThan(PROMPTLY);
      try {
        return all(train(request));
      } catch (StatusRuntimeException full) {
        assertThat(full.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      }
    }
  }

  @Test
  void whatCannotBeTrainedIsRefusedByName() {
    refused(
        Status.Code.INVALID_ARGUMENT,
        "parameter units: 7 is not accepted",
        () ->
            train(
                    request(1)
                        .addParameters(
                            Parameter.newBuilder()
                                .setName("units")
                                .setValue(ParameterValue.newBuilder().setIntegerValue(7))))
                .next());
    refused(
        Status.Code.INVALID_ARGUMENT,
        "architecture \"rnn\" is unknown",
        () -> train(request(1).setArchitecture("rnn")).next());
    refused(
        Status.Code.INVALID_ARGUMENT,
        "data.target_classes is 5; the wage is a number",
        () ->
            train(request(1).setData(DataSpec.newBuilder().setPanel(panel).setTargetClasses(5)))
                .next());
    refused(
        Status.Code.INVALID_ARGUMENT,
        "watch_metric \"loss\" is unknown",
        () -> train(request(1).setWatchMetric("loss")).next());
    refused(
        Status.Code.NOT_FOUND,
        "panels/0123456789abcdef",
        () ->
            train(request(1).setData(DataSpec.newBuilder().setPanel("panels/0123456789abcdef")))
                .next());
    refused(
        Status.Code.INVALID_ARGUMENT,
        "\"studies/1\"",
        () -> train(request(1).setResumeFrom("studies/1")).next());
  }

  @Test
  void aTrainingWhoseCheckpointIsGoneStartsAfreshAndSaysSo() {
    List<TrainResponse> events =
        retried(request(2).setResumeFrom("checkpoints/00000000-0000-0000-0000-000000000000"));

    assertThat(events.getFirst().getStarted().getCompletedEpochs()).isZero();
    assertThat(events.stream().filter(TrainResponse::hasEpoch)).hasSize(2);
  }

  private static List<TrainResponse> all(Iterator<TrainResponse> events) {
    List<TrainResponse> all = new ArrayList<>();
    events.forEachRemaining(all::add);
    return all;
  }

  private static void refused(Status.Code code, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining(message)
        .extracting(failure -> ((StatusRuntimeException) failure).getStatus().getCode())
        .isEqualTo(code);
  }

  /** A database, free ports, and room for one training. */
  public static final class OneSlot extends RegistryServerTest.Surroundings {
    @Override
    public Map<String, String> start() {
      Map<String, String> settings = new java.util.HashMap<>(super.start());
      settings.put("ilteo.model.training-capacity", "1");
      return settings;
    }
  }
}
