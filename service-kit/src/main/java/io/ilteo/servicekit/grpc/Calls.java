package io.ilteo.servicekit.grpc;

import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.ilteo.servicekit.error.GrpcStatuses;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs blocking methods as gRPC methods on virtual threads.
 *
 * <p>Quarkus's own {@code @RunOnVirtualThread} loses calls on gRPC methods (docs/adr/0004), so each
 * method hands its work over here: the cancel handler is set on the calling thread, where gRPC
 * allows it, and the work runs in the caller's {@link Context} and trace.
 */
public final class Calls {
  private static final ExecutorService VIRTUAL_THREADS =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("grpc-", 0).factory());

  private Calls() {}

  /** Answers a unary call with what {@code work} returns, or with the status of what it throws. */
  public static <T> void unary(StreamObserver<T> observer, Callable<T> work) {
    // Without a handler gRPC throws from onNext once the caller has gone.
    if (observer instanceof ServerCallStreamObserver<T> call) {
      call.setOnCancelHandler(() -> {});
    }
    run(
        () -> {
          try {
            observer.onNext(work.call());
            observer.onCompleted();
          } catch (Throwable failure) {
            observer.onError(GrpcStatuses.exceptionOf(failure));
          }
        });
  }

  /**
   * Answers a server-streaming call with what {@code work} emits. Emitting blocks while the caller
   * is slow and throws {@link CallCancelled} once the caller has gone.
   */
  public static <T> void serverStream(StreamObserver<T> observer, StreamWork<T> work) {
    Emitter<T> emitter = new Emitter<>((ServerCallStreamObserver<T>) observer);
    run(
        () -> {
          try {
            work.run(emitter);
            observer.onCompleted();
          } catch (CallCancelled gone) {
            // Nobody is left to tell.
          } catch (Throwable failure) {
            if (!emitter.isCancelled()) {
              observer.onError(GrpcStatuses.exceptionOf(failure));
            }
          }
        });
  }

  /**
   * Answers every request of a bidirectional call with what {@code work} makes of it, in order; up
   * to {@value OrderedAnswers#WINDOW} are worked on at a time. A request that fails ends the call.
   */
  public static <Q, A> StreamObserver<Q> bidirectional(
      StreamObserver<A> observer, Answering<Q, A> work) {
    return new OrderedAnswers<>((ServerCallStreamObserver<A>) observer, work);
  }

  /** What a bidirectional method makes of one request. */
  @FunctionalInterface
  public interface Answering<Q, A> {
    /** Answers one request. */
    A answer(Q request) throws Exception;
  }

  /** Runs {@code task} on a virtual thread in the current gRPC context and trace. */
  public static void run(Runnable task) {
    Runnable traced = io.opentelemetry.context.Context.current().wrap(task);
    VIRTUAL_THREADS.execute(Context.current().wrap(traced));
  }

  /** The body of a server-streaming method. */
  @FunctionalInterface
  public interface StreamWork<T> {
    /** Emits the answers; returning completes the call. */
    void run(Emitter<T> emitter) throws Exception;
  }
}
