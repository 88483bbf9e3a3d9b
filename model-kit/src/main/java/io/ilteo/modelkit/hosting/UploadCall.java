package io.ilteo.modelkit.hosting;

import io.grpc.stub.StreamObserver;
import io.ilteo.servicekit.error.DomainException.ResourceExhausted;
import io.ilteo.servicekit.error.GrpcStatuses;
import io.ilteo.servicekit.grpc.Calls;
import java.io.IOException;

/**
 * A client-streaming call that uploads survey files and gets one answer.
 *
 * @param <Q> a part of the upload
 * @param <A> the answer
 */
abstract class UploadCall<Q, A> implements StreamObserver<Q> {
  private final PanelUpload upload;
  private final StreamObserver<A> answer;
  private boolean ended;

  UploadCall(ModelServiceConfig config, StreamObserver<A> answer) {
    this.upload = new PanelUpload(config);
    this.answer = answer;
  }

  /** Puts a part where it belongs. */
  abstract void take(PanelUpload upload, Q part) throws IOException;

  /** Answers the finished upload. */
  abstract A answer(PanelUpload upload) throws IOException;

  @Override
  public final void onNext(Q part) {
    if (ended) {
      return;
    }
    try {
      take(upload, part);
    } catch (IOException failure) {
      fail(new ResourceExhausted("the upload cannot be stored: " + failure.getMessage()));
    } catch (RuntimeException failure) {
      fail(failure);
    }
  }

  @Override
  public final void onCompleted() {
    if (ended) {
      return;
    }
    ended = true;
    Calls.run(
        () -> {
          try {
            answer.onNext(answerAndClean());
            answer.onCompleted();
          } catch (Exception failure) {
            answer.onError(GrpcStatuses.of(failure).asRuntimeException());
          }
        });
  }

  private A answerAndClean() throws IOException {
    try (upload) {
      upload.finish();
      return answer(upload);
    }
  }

  @Override
  public final void onError(Throwable gone) {
    ended = true;
    upload.close();
  }

  private void fail(RuntimeException failure) {
    ended = true;
    upload.close();
    answer.onError(GrpcStatuses.of(failure).asRuntimeException());
  }
}
