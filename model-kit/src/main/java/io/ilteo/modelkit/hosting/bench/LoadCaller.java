package io.ilteo.modelkit.hosting.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import com.google.rpc.RetryInfo;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * One client with a connection of its own, that sends its next request when the last one was
 * answered, and waits as long as the server says when it is told that there is no room.
 */
final class LoadCaller {
  private final String address;
  private final Map<String, Integer> ends = new TreeMap<>();
  private final List<Long> nanos = new ArrayList<>();

  LoadCaller(String address) {
    this.address = address;
  }

  /** Calls until {@code endNanos}. */
  void run(Consumer<ManagedChannel> request, long endNanos) {
    ManagedChannel channel =
        Grpc.newChannelBuilder(address, InsecureChannelCredentials.create()).build();
    try {
      while (System.nanoTime() < endNanos) {
        call(() -> request.accept(channel));
      }
    } finally {
      channel.shutdownNow();
    }
  }

  private void call(Runnable request) {
    long begun = System.nanoTime();
    try {
      request.run();
      nanos.add(System.nanoTime() - begun);
      ends.merge(Status.Code.OK.name(), 1, Integer::sum);
    } catch (StatusRuntimeException failure) {
      Optional<Duration> hint = retryHint(failure);
      boolean isFull = failure.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED;
      String end =
          isFull && hint.isEmpty()
              ? "RESOURCE_EXHAUSTED without a hint"
              : failure.getStatus().getCode().name();
      ends.merge(end, 1, Integer::sum);
      hint.ifPresent(wait -> LockSupport.parkNanos(wait.toNanos()));
    }
  }

  private static Optional<Duration> retryHint(StatusRuntimeException failure) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    if (status == null) {
      return Optional.empty();
    }
    return status.getDetailsList().stream()
        .filter(detail -> detail.is(RetryInfo.class))
        .map(
            detail -> {
              try {
                return Duration.ofMillis(
                    Durations.toMillis(detail.unpack(RetryInfo.class).getRetryDelay()));
              } catch (InvalidProtocolBufferException damaged) {
                throw new IllegalStateException(damaged);
              }
            })
        .findFirst();
  }

  /** How many calls ended how. */
  Map<String, Integer> ends() {
    return ends;
  }

  /** How long each answer took. */
  List<Long> nanos() {
    return nanos;
  }
}
