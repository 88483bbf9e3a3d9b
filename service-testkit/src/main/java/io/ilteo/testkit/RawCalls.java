package io.ilteo.testkit;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Calls of any kind of method with bytes as they are. */
public record RawCalls(Channel channel) {
  private static final int LIMIT_SECONDS = 30;
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  /** Sends and receives bytes as they are. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /**
   * Sends {@code bodies} and says how the call ended. A stream that answers has begun well: it is
   * cancelled, and the end is OK.
   */
  public Status call(MethodDescriptor<?, ?> method, @Nullable String token, List<byte[]> bodies) {
    MethodDescriptor<byte[], byte[]> raw =
        MethodDescriptor.newBuilder(new Bytes(), new Bytes())
            .setFullMethodName(method.getFullMethodName())
            .setType(method.getType())
            .build();
    Metadata headers = new Metadata();
    if (token != null) {
      headers.put(AUTHORIZATION, "Bearer " + token);
    }
    ClientCall<byte[], byte[]> call =
        channel.newCall(
            raw, CallOptions.DEFAULT.withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS));
    End end = new End();
    call.start(end, headers);
    call.request(1);
    bodies.forEach(call::sendMessage);
    call.halfClose();
    try {
      return end.status.get(2L * LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException never) {
      throw new IllegalStateException(method.getFullMethodName() + " does not end", never);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    } finally {
      call.cancel("the test has seen enough", null);
    }
  }

  private static final class End extends ClientCall.Listener<byte[]> {
    private final CompletableFuture<Status> status = new CompletableFuture<>();

    @Override
    public void onMessage(byte[] message) {
      status.complete(Status.OK);
    }

    @Override
    public void onClose(Status ended, Metadata trailers) {
      status.complete(ended);
    }
  }
}
