package io.ilteo.servicekit.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.ilteo.proto.panel.v1.ImportPanelRequest;
import io.ilteo.proto.panel.v1.ImportPanelResponse;
import io.ilteo.proto.panel.v1.ListPanelsRequest;
import io.ilteo.proto.panel.v1.ListPanelsResponse;
import io.ilteo.proto.panel.v1.PanelServiceGrpc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class UnreadableBodiesTest {
  /** Field 1, five bytes long, of which two came. */
  private static final byte[] CUT_SHORT = {10, 5, 1, 2};

  private static final byte[] EMPTY_MESSAGE = {};

  private final Panels panels = new Panels();
  private Server server;
  private ManagedChannel channel;

  private static final class Panels extends PanelServiceGrpc.PanelServiceImplBase {
    final AtomicInteger messages = new AtomicInteger();
    final CompletableFuture<Throwable> broken = new CompletableFuture<>();

    @Override
    public void listPanels(ListPanelsRequest request, StreamObserver<ListPanelsResponse> observer) {
      messages.incrementAndGet();
      observer.onNext(ListPanelsResponse.getDefaultInstance());
      observer.onCompleted();
    }

    @Override
    public StreamObserver<ImportPanelRequest> importPanel(
        StreamObserver<ImportPanelResponse> observer) {
      return new StreamObserver<>() {
        @Override
        public void onNext(ImportPanelRequest request) {
          messages.incrementAndGet();
        }

        @Override
        public void onError(Throwable failure) {
          // A method that clears up may try to answer; that must not harm.
          observer.onError(failure);
          broken.complete(failure);
        }

        @Override
        public void onCompleted() {
          observer.onNext(ImportPanelResponse.getDefaultInstance());
          observer.onCompleted();
        }
      };
    }
  }

  private static final class Bytes implements Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      return new byte[0];
    }
  }

  @BeforeEach
  void serve() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .setBinaryLog(new UnreadableBodies.Hook())
            .maxInboundMessageSize(1 << 10)
            .addService(panels)
            .build()
            .start();
    channel =
        NettyChannelBuilder.forAddress(server.getListenSockets().getFirst()).usePlaintext().build();
  }

  @AfterEach
  void end() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  private Status call(MethodDescriptor<?, ?> method, byte[]... bodies)
      throws ExecutionException, InterruptedException, TimeoutException {
    ClientCall<byte[], byte[]> call =
        channel.newCall(
            MethodDescriptor.newBuilder(new Bytes(), new Bytes())
                .setFullMethodName(method.getFullMethodName())
                .setType(method.getType())
                .build(),
            CallOptions.DEFAULT);
    CompletableFuture<Status> end = new CompletableFuture<>();
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status);
          }
        },
        new Metadata());
    call.request(2);
    List.of(bodies).forEach(call::sendMessage);
    call.halfClose();
    return end.get(20, TimeUnit.SECONDS);
  }

  @Test
  void messagesPass() throws Exception {
    assertThat(call(PanelServiceGrpc.getListPanelsMethod(), EMPTY_MESSAGE).isOk()).isTrue();
    assertThat(call(PanelServiceGrpc.getImportPanelMethod(), EMPTY_MESSAGE, EMPTY_MESSAGE).isOk())
        .isTrue();
    assertThat(panels.messages).hasValue(3);
  }

  @Test
  void namesTheMessageThatTheMethodTakes() throws Exception {
    Status status = call(PanelServiceGrpc.getListPanelsMethod(), CUT_SHORT);
    assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(status.getDescription())
        .startsWith("the body is no ilteo.panel.v1.ListPanelsRequest: ")
        .contains("ended unexpectedly");
    assertThat(panels.messages).hasValue(0);
  }

  @Test
  void methodOfBrokenStreamIsToldThatItsCallIsOver() throws Exception {
    Status status =
        call(PanelServiceGrpc.getImportPanelMethod(), EMPTY_MESSAGE, CUT_SHORT, EMPTY_MESSAGE);
    assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(Status.fromThrowable(panels.broken.get(20, TimeUnit.SECONDS)).getCode())
        .isEqualTo(Status.Code.CANCELLED);
    assertThat(panels.messages).hasValue(1);
  }

  @Test
  void otherRefusalsKeepTheirStatus() throws Exception {
    Status status = call(PanelServiceGrpc.getListPanelsMethod(), new byte[2 << 10]);
    assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }
}
