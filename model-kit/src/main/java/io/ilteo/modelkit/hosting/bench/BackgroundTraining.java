package io.ilteo.modelkit.hosting.bench;

import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.ilteo.proto.model.v1.DataSpec;
import io.ilteo.proto.model.v1.TrainRequest;
import io.ilteo.proto.model.v1.TrainResponse;
import io.ilteo.proto.model.v1.TrainingServiceGrpc;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A training that goes on until it is closed. */
final class BackgroundTraining
    implements ClientResponseObserver<TrainRequest, TrainResponse>, AutoCloseable {
  private static final int EPOCHS = 500;
  private static final int LIMIT_MINUTES = 2;

  private final CompletableFuture<Boolean> begun = new CompletableFuture<>();
  private final CompletableFuture<Boolean> over = new CompletableFuture<>();
  private final AtomicInteger epochs = new AtomicInteger();
  private @Nullable ClientCallStreamObserver<TrainRequest> call;

  private BackgroundTraining() {}

  /** Starts training the task's default architecture and waits for the end of its first epoch. */
  static BackgroundTraining start(Channel channel, String panel, long seed) throws Exception {
    BackgroundTraining training = new BackgroundTraining();
    TrainingServiceGrpc.newStub(channel)
        .train(
            TrainRequest.newBuilder()
                .setAttempt("studies/1/trials/" + seed + "/attempts/1")
                .setData(DataSpec.newBuilder().setPanel(panel))
                .setSeed(seed)
                .setMaxEpochs(EPOCHS)
                .setPatience(EPOCHS)
                .build(),
            training);
    training.begun.get(LIMIT_MINUTES, TimeUnit.MINUTES);
    return training;
  }

  /** Whether it still goes on: what was measured beside it is worth nothing if it does not. */
  boolean isRunning() {
    return !over.isDone();
  }

  /** Epochs so far. */
  int epochs() {
    return epochs.get();
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<TrainRequest> stream) {
    call = stream;
  }

  @Override
  public void onNext(TrainResponse event) {
    if (event.hasEpoch()) {
      epochs.incrementAndGet();
      begun.complete(true);
    }
  }

  @Override
  public void onError(Throwable failure) {
    begun.completeExceptionally(failure);
    over.complete(false);
  }

  @Override
  public void onCompleted() {
    begun.complete(false);
    over.complete(true);
  }

  @Override
  public void close() throws Exception {
    ClientCallStreamObserver<TrainRequest> stream = call;
    if (stream != null && isRunning()) {
      stream.cancel("measured", null);
    }
    try {
      over.get(LIMIT_MINUTES, TimeUnit.MINUTES);
    } catch (TimeoutException stuck) {
      throw new IllegalStateException("the training does not end when it is cancelled", stuck);
    }
  }
}
