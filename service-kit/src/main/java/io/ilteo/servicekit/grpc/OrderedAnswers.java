package io.ilteo.servicekit.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.ilteo.servicekit.error.GrpcStatuses;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The requests of one bidirectional call, worked on side by side and answered in their order.
 *
 * <p>Takes a further request only when an answer has been handed to the transport and the transport
 * has room, so that a caller who reads slowly is served slowly and nothing piles up here.
 */
final class OrderedAnswers<Q, A> implements StreamObserver<Q> {
  /** Requests worked on at a time. */
  static final int WINDOW = 16;

  private final ServerCallStreamObserver<A> call;
  private final Calls.Answering<Q, A> work;
  private final Deque<CompletableFuture<A>> answers = new ArrayDeque<>();
  private boolean halfClosed;
  private boolean ended;

  /** Must be made on the thread that gRPC called the method on: only there handlers may be set. */
  OrderedAnswers(ServerCallStreamObserver<A> call, Calls.Answering<Q, A> work) {
    this.call = call;
    this.work = work;
    call.disableAutoRequest();
    call.setOnReadyHandler(this::send);
    call.setOnCancelHandler(this::end);
    call.request(WINDOW);
  }

  @Override
  public void onNext(Q request) {
    CompletableFuture<A> answer = new CompletableFuture<>();
    synchronized (this) {
      if (ended) {
        return;
      }
      answers.add(answer);
    }
    Calls.run(
        () -> {
          try {
            answer.complete(work.answer(request));
          } catch (Throwable failure) {
            answer.completeExceptionally(failure);
          }
          send();
        });
  }

  @Override
  public void onError(Throwable gone) {
    end();
  }

  @Override
  public void onCompleted() {
    synchronized (this) {
      halfClosed = true;
    }
    send();
  }

  private synchronized void send() {
    while (!ended && !answers.isEmpty() && answers.peek().isDone() && call.isReady()) {
      try {
        call.onNext(answers.remove().join());
        call.request(1);
      } catch (CompletionException failure) {
        ended = true;
        call.onError(GrpcStatuses.exceptionOf(cause(failure)));
      }
    }
    if (!ended && halfClosed && answers.isEmpty()) {
      ended = true;
      call.onCompleted();
    }
  }

  private static Throwable cause(CompletionException failure) {
    return failure.getCause() == null ? failure : failure.getCause();
  }

  private synchronized void end() {
    ended = true;
    answers.clear();
  }
}
