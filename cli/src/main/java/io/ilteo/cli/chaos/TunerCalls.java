package io.ilteo.cli.chaos;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.ilteo.cli.client.Channels;
import io.ilteo.proto.tuner.v1.StudyServiceGrpc;
import io.ilteo.proto.tuner.v1.StudyServiceGrpc.StudyServiceBlockingStub;
import io.ilteo.proto.tuner.v1.TrialServiceGrpc;
import io.ilteo.proto.tuner.v1.TrialServiceGrpc.TrialServiceBlockingStub;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Calls to any of the tuners, and a list of the changes that were asked for: each has a reason of
 * its own, by which the audit log is searched at the end.
 */
final class TunerCalls implements AutoCloseable {
  private static final long LIMIT_SECONDS = 10;
  private static final long PROMOTION_LIMIT_SECONDS = 90;

  private final List<ManagedChannel> channels;
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger reasons = new AtomicInteger();
  private final Map<String, Boolean> acknowledged = new ConcurrentHashMap<>();

  TunerCalls(List<Member> tuners) {
    channels = tuners.stream().map(tuner -> Channels.plaintext(tuner.replica().address())).toList();
  }

  private ManagedChannel next() {
    ManagedChannel channel = channels.get(Math.floorMod(turn.getAndIncrement(), channels.size()));
    // A tuner that was away is back when it is back, not when a back-off ends.
    channel.resetConnectBackoff();
    return channel;
  }

  StudyServiceBlockingStub studies() {
    return StudyServiceGrpc.newBlockingStub(next())
        .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  StudyServiceBlockingStub promotions() {
    return StudyServiceGrpc.newBlockingStub(next())
        .withDeadlineAfter(PROMOTION_LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  TrialServiceBlockingStub trials() {
    return TrialServiceGrpc.newBlockingStub(next())
        .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** A reason that no other change has. */
  String reason(String what) {
    String reason = "chaos %d: %s".formatted(reasons.incrementAndGet(), what);
    acknowledged.put(reason, false);
    return reason;
  }

  /** Makes a change; empty if no tuner said that it was made, though it may have been. */
  <T> Optional<T> change(String reason, Function<String, T> call) {
    Optional<T> answer = look(() -> call.apply(reason));
    if (answer.isPresent()) {
      acknowledged.put(reason, true);
    }
    return answer;
  }

  /** Asks; empty if there was no answer. */
  static <T> Optional<T> look(java.util.function.Supplier<T> call) {
    try {
      return Optional.of(call.get());
    } catch (StatusRuntimeException failure) {
      return Optional.empty();
    }
  }

  /** Reasons of changes, and whether a tuner said that they were made. */
  Map<String, Boolean> changes() {
    return Map.copyOf(acknowledged);
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
