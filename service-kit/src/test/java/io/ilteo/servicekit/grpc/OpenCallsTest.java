package io.ilteo.servicekit.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OpenCallsTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(100);

  private final OpenCalls calls = new OpenCalls();
  private final SlowHealth health = new SlowHealth();
  private Server server;
  private ManagedChannel channel;

  /** Answers when it is let, from another thread, as {@link Calls} does. */
  private static final class SlowHealth extends HealthGrpc.HealthImplBase {
    final CountDownLatch called = new CountDownLatch(1);
    final CountDownLatch let = new CountDownLatch(1);

    @Override
    public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
      Calls.unary(
          observer,
          () -> {
            called.countDown();
            let.await();
            return HealthCheckResponse.newBuilder().setStatus(ServingStatus.SERVING).build();
          });
    }
  }

  @BeforeEach
  void serve() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(health)
            .intercept(calls)
            .build()
            .start();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
  }

  @AfterEach
  void end() {
    health.let.countDown();
    channel.shutdownNow();
    server.shutdownNow();
  }

  private Future<HealthCheckResponse> ask() {
    return HealthGrpc.newFutureStub(channel).check(HealthCheckRequest.getDefaultInstance());
  }

  @Test
  void closingWaitsUntilWhatWasTakenIsAnsweredOnTheWire() throws Exception {
    Future<HealthCheckResponse> taken = ask();
    health.called.await();
    assertThat(calls.close(SHORT)).as("with the call open").isFalse();

    var closed = CompletableFuture.supplyAsync(() -> calls.close(LONG));
    health.let.countDown();
    assertThat(closed.get()).isTrue();
    // What a stopping process does next: nothing that was not sent by now arrives.
    server.shutdownNow();
    assertThat(taken.get().getStatus()).isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void newCallsAreSentToOtherReplicas() {
    assertThat(calls.close(LONG)).isTrue();
    assertThat(calls.isClosing()).isTrue();
    assertThatThrownBy(
            () ->
                HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            refused ->
                assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
  }

  @Test
  void callerWhoGoesIsNotWaitedFor() throws Exception {
    Future<HealthCheckResponse> taken = ask();
    health.called.await();
    taken.cancel(true);
    assertThat(calls.close(LONG)).isTrue();
  }
}
