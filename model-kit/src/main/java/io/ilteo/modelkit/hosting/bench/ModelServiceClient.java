package io.ilteo.modelkit.hosting.bench;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import io.ilteo.proto.inference.GRPCInferenceServiceGrpc;
import io.ilteo.proto.inference.ModelMetadataRequest;
import io.ilteo.proto.model.v1.DataSpec;
import io.ilteo.proto.model.v1.ModelRegistryServiceGrpc;
import io.ilteo.proto.model.v1.ModelVersion;
import io.ilteo.proto.model.v1.RegisterModelVersionRequest;
import io.ilteo.proto.model.v1.SetAliasRequest;
import io.ilteo.proto.model.v1.TrainRequest;
import io.ilteo.proto.model.v1.TrainResponse;
import io.ilteo.proto.model.v1.TrainingServiceGrpc;
import io.ilteo.proto.panel.v1.FileStart;
import io.ilteo.proto.panel.v1.ImportHeader;
import io.ilteo.proto.panel.v1.ImportPanelRequest;
import io.ilteo.proto.panel.v1.ImportPanelResponse;
import io.ilteo.proto.panel.v1.PanelServiceGrpc;
import io.ilteo.proto.panel.v1.SynthesizePanelRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** From nothing to a champion, over the calls that any client has. */
public final class ModelServiceClient {
  /** Mapping of the synthetic panel. */
  public static final String MAPPING = "klips-long";

  private static final int CHUNK = 1 << 19;
  private static final int LIMIT_MINUTES = 10;
  private static final long PAUSE_MILLIS = 10;

  private final Channel channel;

  public ModelServiceClient(Channel channel) {
    this.channel = channel;
  }

  /** The synthetic panel of so many persons as CSV. */
  public byte[] synthesize(int persons, long seed) {
    ByteString csv = ByteString.empty();
    var chunks =
        PanelServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(LIMIT_MINUTES, TimeUnit.MINUTES)
            .synthesizePanel(
                SynthesizePanelRequest.newBuilder().setPersons(persons).setSeed(seed).build());
    while (chunks.hasNext()) {
      csv = csv.concat(chunks.next().getChunk());
    }
    return csv.toByteArray();
  }

  /** Imports a panel; returns its name. */
  public String importPanel(byte[] csv) throws Exception {
    CompletableFuture<String> name = new CompletableFuture<>();
    StreamObserver<ImportPanelRequest> upload =
        PanelServiceGrpc.newStub(channel)
            .withDeadlineAfter(LIMIT_MINUTES, TimeUnit.MINUTES)
            .importPanel(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ImportPanelResponse response) {
                    name.complete(response.getPanel().getName());
                  }

                  @Override
                  public void onError(Throwable failure) {
                    name.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    upload.onNext(
        ImportPanelRequest.newBuilder()
            .setHeader(ImportHeader.newBuilder().setDisplayName("synthetic").setMapping(MAPPING))
            .build());
    upload.onNext(
        ImportPanelRequest.newBuilder()
            .setFileStart(FileStart.newBuilder().setFileName("panel.csv").setSizeBytes(csv.length))
            .build());
    for (int from = 0; from < csv.length; from += CHUNK) {
      upload.onNext(
          ImportPanelRequest.newBuilder()
              .setChunk(ByteString.copyFrom(csv, from, Math.min(CHUNK, csv.length - from)))
              .build());
    }
    upload.onCompleted();
    return name.get(LIMIT_MINUTES, TimeUnit.MINUTES);
  }

  /** Trains the task's default architecture; returns the candidate. */
  public String train(String panel, long seed, int epochs) {
    return train(panel, "", seed, epochs);
  }

  /** As above, with an architecture of the task; empty for its default. */
  public String train(String panel, String architecture, long seed, int epochs) {
    return train(
        TrainRequest.newBuilder()
            .setAttempt("studies/1/trials/" + seed + "/attempts/1")
            .setData(DataSpec.newBuilder().setPanel(panel))
            .setArchitecture(architecture)
            .setSeed(seed)
            .setMaxEpochs(epochs)
            .setPatience(epochs)
            .build());
  }

  /** Trains what is asked for; returns the candidate. */
  public String train(TrainRequest request) {
    var events =
        TrainingServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(LIMIT_MINUTES, TimeUnit.MINUTES)
            .train(request);
    String candidate = "";
    while (events.hasNext()) {
      TrainResponse event = events.next();
      if (event.hasFinished()) {
        candidate = event.getFinished().getCandidate();
      }
    }
    return candidate;
  }

  /** Makes a version. */
  public ModelVersion register(String... candidates) {
    return registry()
        .registerModelVersion(
            RegisterModelVersionRequest.newBuilder().addAllCandidates(List.of(candidates)).build())
        .getModelVersion();
  }

  /** Makes a version the champion. */
  public void promote(ModelVersion version) {
    registry()
        .setAlias(
            SetAliasRequest.newBuilder()
                .setAlias("champion")
                .setModelVersion(version.getName())
                .setReason("a benchmark or a test")
                .build());
  }

  /**
   * Makes a version the champion and waits until it answers: a replica follows an alias within two
   * seconds.
   */
  public void serve(ModelVersion version) {
    promote(version);
    String[] name = version.getName().split("/", -1);
    GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub inference =
        GRPCInferenceServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(LIMIT_MINUTES, TimeUnit.MINUTES);
    ModelMetadataRequest request = ModelMetadataRequest.newBuilder().setName(name[1]).build();
    // Over at the latest with the deadline, which is the stub's and not the call's.
    while (!inference.modelMetadata(request).getVersionsList().contains(name[name.length - 1])) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
    }
  }

  private ModelRegistryServiceGrpc.ModelRegistryServiceBlockingStub registry() {
    return ModelRegistryServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(LIMIT_MINUTES, TimeUnit.MINUTES);
  }
}
