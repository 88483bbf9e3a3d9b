package io.ilteo.servicekit.grpc;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.quarkus.grpc.GlobalInterceptor;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Lets a server that is told to stop answer the calls that it has taken. Quarkus' gRPC server stops
 * with its event loops: an answer that is ready by then, but not on the wire, would be lost, and
 * its caller told that the server had vanished.
 */
@GlobalInterceptor
@ApplicationScoped
public class OpenCalls implements ServerInterceptor {
  /**
   * When calls are refused and awaited: after what calls wait for was told to end ({@code
   * PLATFORM_BEFORE}), and before what they work with ends (later than this).
   */
  public static final int SHUTDOWN_PRIORITY = Interceptor.Priority.LIBRARY_BEFORE;

  private static final Logger LOG = Logger.getLogger(OpenCalls.class);
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int NONE_OPEN = Integer.MAX_VALUE;

  // Each open call has one.
  private final Semaphore permits = new Semaphore(NONE_OPEN);
  private volatile boolean closing;

  /** Whether the server is about to stop; calls without an end of their own should end. */
  public boolean isClosing() {
    return closing;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (closing || !permits.tryAcquire()) {
      call.close(
          Status.UNAVAILABLE.withDescription("this replica is shutting down; try another"),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }
    try {
      return new Counted<>(next.startCall(call, headers));
    } catch (RuntimeException failure) {
      permits.release();
      throw failure;
    }
  }

  void stop(@Observes @Priority(SHUTDOWN_PRIORITY) ShutdownEvent event) {
    if (!close(LIMIT)) {
      LOG.warnf("calls were still open %d s after shutting down", LIMIT.toSeconds());
    }
  }

  /** Takes no more calls and waits for those that are open; false if that takes longer. */
  boolean close(Duration limit) {
    closing = true;
    try {
      return permits.tryAcquire(NONE_OPEN, limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A call is over once its answer is on the wire, or its caller has gone. */
  private final class Counted<Q> extends SimpleForwardingServerCallListener<Q> {
    Counted(ServerCall.Listener<Q> call) {
      super(call);
    }

    @Override
    public void onComplete() {
      permits.release();
      super.onComplete();
    }

    @Override
    public void onCancel() {
      permits.release();
      super.onCancel();
    }
  }
}
