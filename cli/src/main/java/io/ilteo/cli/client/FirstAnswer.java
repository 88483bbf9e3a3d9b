package io.ilteo.cli.client;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** Completes a future with the one answer of a client-streaming call. */
public final class FirstAnswer<T> implements StreamObserver<T> {
  private final CompletableFuture<T> answer;

  private FirstAnswer(CompletableFuture<T> answer) {
    this.answer = answer;
  }

  /** An observer that completes {@code answer}. */
  public static <T> StreamObserver<T> of(CompletableFuture<T> answer) {
    return new FirstAnswer<>(answer);
  }

  @Override
  public void onNext(T value) {
    answer.complete(value);
  }

  @Override
  public void onError(Throwable failure) {
    answer.completeExceptionally(failure);
  }

  @Override
  public void onCompleted() {
    answer.completeExceptionally(
        Status.INTERNAL.withDescription("the service ended without an answer").asException());
  }
}
