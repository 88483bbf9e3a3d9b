package io.ilteo.servicekit.grpc;

import com.google.protobuf.MessageOrBuilder;
import io.grpc.BinaryLog;
import io.grpc.Channel;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.servicekit.error.GrpcStatuses;
import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.vertx.grpc.VertxServerBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers bytes that are no message of a method with INVALID_ARGUMENT.
 *
 * <p>grpc-java parses a body before any interceptor sees it. One that cannot be parsed ends the
 * call as UNKNOWN, with a stack trace in the log: as if the fault were ours. The hook for binary
 * logs is the one place that may change how a method's bodies are parsed; nothing is logged here
 * (docs/adr/0014).
 */
@ApplicationScoped
public class UnreadableBodies implements ServerBuilderCustomizer<VertxServerBuilder> {
  @Override
  public void customize(GrpcServerConfiguration config, VertxServerBuilder builder) {
    builder.nettyBuilder().setBinaryLog(new Hook());
  }

  /** Changes methods so that their bodies are parsed without throwing. */
  static final class Hook extends BinaryLog {
    // gRPC asks anew for every call.
    private final Map<MethodDescriptor<?, ?>, MethodDescriptor<?, ?>> tolerant =
        new ConcurrentHashMap<>();

    @Override
    public <Q, A> ServerMethodDefinition<?, ?> wrapMethodDefinition(
        ServerMethodDefinition<Q, A> definition) {
      MethodDescriptor<Q, A> method = definition.getMethodDescriptor();
      ServerCallHandler<Q, A> handler = definition.getServerCallHandler();
      return ServerMethodDefinition.create(
          tolerant(method),
          (call, headers) -> {
            ReadableCall<Q, A> readable = new ReadableCall<>(call, method);
            return new Reader<>(readable, handler.startCall(readable, headers));
          });
    }

    @SuppressWarnings("unchecked") // The value is made of the key.
    private <Q, A> MethodDescriptor<Body<Q>, A> tolerant(MethodDescriptor<Q, A> method) {
      return (MethodDescriptor<Body<Q>, A>)
          tolerant.computeIfAbsent(
              method,
              key ->
                  method.toBuilder(
                          new TolerantMarshaller<>(method.getRequestMarshaller()),
                          method.getResponseMarshaller())
                      .build());
    }

    @Override
    public Channel wrapChannel(Channel channel) {
      return channel;
    }

    @Override
    public void close() {}
  }

  /** What a body turned out to be. */
  private sealed interface Body<Q> {
    /** What the method takes. */
    record Message<Q>(Q message) implements Body<Q> {}

    /** Anything else, and what to answer. */
    record Unreadable<Q>(Status answer) implements Body<Q> {}
  }

  /** Parses a body, or says why it cannot be parsed. */
  private record TolerantMarshaller<Q>(Marshaller<Q> strict) implements Marshaller<Body<Q>> {
    @Override
    public Body<Q> parse(InputStream body) {
      try {
        return new Body.Message<>(strict.parse(body));
      } catch (StatusRuntimeException failure) {
        return new Body.Unreadable<>(answer(failure.getStatus()));
      }
    }

    /** Protobuf's marshallers say INTERNAL of bytes that are no message. */
    private Status answer(Status failure) {
      if (failure.getCode() != Status.Code.INTERNAL) {
        return failure;
      }
      Throwable cause = failure.getCause();
      return GrpcStatuses.of(
          new InvalidArgument(
              "the body is no "
                  + messageName()
                  + ": "
                  + (cause == null ? failure.getDescription() : cause.getMessage())));
    }

    private String messageName() {
      return strict instanceof PrototypeMarshaller<Q> known
              && known.getMessagePrototype() instanceof MessageOrBuilder prototype
          ? prototype.getDescriptorForType().getFullName()
          : "message of this method";
    }

    @Override
    public InputStream stream(Body<Q> body) {
      throw new UnsupportedOperationException("a server sends no requests");
    }
  }

  /**
   * A call as its method knows it; once it is refused, what the method still says is dropped. A
   * call bears one thread at a time, and a body may be refused while its method answers.
   */
  private static final class ReadableCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private enum State {
      OPEN,
      CLOSED,
      REFUSED
    }

    private final MethodDescriptor<Q, A> method;
    private State state = State.OPEN;

    @SuppressWarnings("unchecked") // The type of its requests shows in a call's descriptor alone.
    ReadableCall(ServerCall<Body<Q>, A> call, MethodDescriptor<Q, A> method) {
      super((ServerCall<Q, A>) (ServerCall<?, A>) call);
      this.method = method;
    }

    @Override
    public MethodDescriptor<Q, A> getMethodDescriptor() {
      return method;
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
      if (state != State.REFUSED) {
        super.sendHeaders(headers);
      }
    }

    @Override
    public synchronized void sendMessage(A message) {
      if (state != State.REFUSED) {
        super.sendMessage(message);
      }
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
      if (state != State.REFUSED) {
        state = State.CLOSED;
        super.close(status, trailers);
      }
    }

    /** Ends the call, unless its method has; tells which. */
    synchronized boolean refuse(Status status) {
      if (state != State.OPEN) {
        return false;
      }
      state = State.REFUSED;
      super.close(status, new Metadata());
      return true;
    }
  }

  /** Hands messages on; after a body that is none, the method is told that the call is over. */
  private static final class Reader<Q, A> extends ServerCall.Listener<Body<Q>> {
    private final ReadableCall<Q, A> call;
    private ServerCall.Listener<Q> listener;

    Reader(ReadableCall<Q, A> call, ServerCall.Listener<Q> listener) {
      this.call = call;
      this.listener = listener;
    }

    @Override
    public void onMessage(Body<Q> body) {
      switch (body) {
        case Body.Message<Q>(Q message) -> listener.onMessage(message);
        case Body.Unreadable<Q>(Status answer) -> {
          if (call.refuse(answer)) {
            listener.onCancel();
            listener = new ServerCall.Listener<>() {};
          }
        }
      }
    }

    @Override
    public void onHalfClose() {
      listener.onHalfClose();
    }

    @Override
    public void onCancel() {
      listener.onCancel();
    }

    @Override
    public void onComplete() {
      listener.onComplete();
    }

    @Override
    public void onReady() {
      listener.onReady();
    }
  }
}
