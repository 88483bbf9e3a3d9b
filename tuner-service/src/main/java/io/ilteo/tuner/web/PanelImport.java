package io.ilteo.tuner.web;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.ilteo.proto.panel.v1.FileStart;
import io.ilteo.proto.panel.v1.ImportHeader;
import io.ilteo.proto.panel.v1.ImportPanelRequest;
import io.ilteo.proto.panel.v1.ImportPanelResponse;
import io.ilteo.proto.panel.v1.PanelServiceGrpc;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One import on its way from a stream of bytes to a PanelService, no faster than that takes it. */
final class PanelImport implements ClientResponseObserver<ImportPanelRequest, ImportPanelResponse> {
  private static final Duration LIMIT = Duration.ofMinutes(30);
  private static final int CHUNK_BYTES = 512 << 10;

  private final CompletableFuture<ImportPanelResponse> answer = new CompletableFuture<>();

  /** Wakes the sender when the service wants more, or none any more. */
  private final Semaphore turns = new Semaphore(0);

  private @Nullable ClientCallStreamObserver<ImportPanelRequest> call;

  private PanelImport() {}

  /** A file within the stream. */
  record Part(String fileName, long bytes) {
    Part {
      if (fileName.isBlank() || bytes < 1) {
        throw new InvalidArgument("file: \"" + fileName + "\" has " + bytes + " bytes");
      }
    }
  }

  /**
   * Sends the parts and waits for the panel.
   *
   * @throws StatusRuntimeException as PanelService.ImportPanel says
   */
  static ImportPanelResponse pass(
      Channel channel, ImportHeader header, List<Part> parts, InputStream body) throws IOException {
    PanelImport passing = new PanelImport();
    PanelServiceGrpc.newStub(channel)
        .withDeadlineAfter(LIMIT.toSeconds(), TimeUnit.SECONDS)
        .importPanel(passing);
    ClientCallStreamObserver<ImportPanelRequest> call = Objects.requireNonNull(passing.call);
    try {
      passing.emit(call, ImportPanelRequest.newBuilder().setHeader(header).build());
      for (Part part : parts) {
        passing.emit(call, part, body);
      }
      if (!passing.answer.isDone()) {
        call.onCompleted();
      }
      return passing.answer.get();
    } catch (ExecutionException failure) {
      throw Status.fromThrowable(failure.getCause()).asRuntimeException();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      call.cancel("interrupted", interrupted);
      throw Status.CANCELLED.asRuntimeException();
    } catch (IOException | RuntimeException broken) {
      call.cancel("the upload broke off", broken);
      throw broken;
    }
  }

  private void emit(ClientCallStreamObserver<ImportPanelRequest> call, Part part, InputStream body)
      throws IOException, InterruptedException {
    FileStart start =
        FileStart.newBuilder().setFileName(part.fileName()).setSizeBytes(part.bytes()).build();
    emit(call, ImportPanelRequest.newBuilder().setFileStart(start).build());
    long left = part.bytes();
    while (left > 0 && !answer.isDone()) {
      byte[] chunk = body.readNBytes((int) Math.min(CHUNK_BYTES, left));
      if (chunk.length == 0) {
        throw new InvalidArgument(part.fileName() + " ends " + left + " bytes early");
      }
      left -= chunk.length;
      emit(call, ImportPanelRequest.newBuilder().setChunk(ByteString.copyFrom(chunk)).build());
    }
  }

  private void emit(ClientCallStreamObserver<ImportPanelRequest> call, ImportPanelRequest message)
      throws InterruptedException {
    while (!call.isReady() && !answer.isDone()) {
      turns.acquire();
    }
    if (!answer.isDone()) {
      call.onNext(message);
    }
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ImportPanelRequest> stream) {
    call = stream;
    stream.setOnReadyHandler(turns::release);
  }

  @Override
  public void onNext(ImportPanelResponse response) {
    answer.complete(response);
  }

  @Override
  public void onError(Throwable failure) {
    answer.completeExceptionally(failure);
    turns.release();
  }

  @Override
  public void onCompleted() {
    answer.completeExceptionally(
        Status.INTERNAL.withDescription("the service ended without an answer").asException());
    turns.release();
  }
}
