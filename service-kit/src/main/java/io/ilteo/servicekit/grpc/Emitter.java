package io.ilteo.servicekit.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Sends the messages of one server-streaming call, no faster than the caller takes them. */
public final class Emitter<T> {
  private final ServerCallStreamObserver<T> call;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean cancelled;
  private volatile Runnable onCancel = () -> {};

  /** Must be made on the thread that gRPC called the method on: only there handlers may be set. */
  Emitter(ServerCallStreamObserver<T> call) {
    this.call = call;
    call.setOnReadyHandler(this::wake);
    call.setOnCancelHandler(this::cancel);
  }

  /** Sends one message; blocks while the transport's buffer is full. */
  public void emit(T message) {
    lock.lock();
    try {
      while (!call.isReady() && !cancelled) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
    if (cancelled) {
      throw new CallCancelled();
    }
    call.onNext(message);
  }

  /** Whether the caller has gone. */
  public boolean isCancelled() {
    return cancelled;
  }

  /** Runs {@code action} once when the caller goes, or at once if it has gone. */
  public void onCancel(Runnable action) {
    onCancel = action;
    if (cancelled) {
      action.run();
    }
  }

  private void cancel() {
    cancelled = true;
    wake();
    onCancel.run();
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
