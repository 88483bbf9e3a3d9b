package io.ilteo.cli.client;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.ilteo.proto.panel.v1.FileStart;
import io.ilteo.proto.panel.v1.ImportHeader;
import io.ilteo.proto.panel.v1.ImportPanelRequest;
import io.ilteo.proto.panel.v1.ImportPanelResponse;
import io.ilteo.proto.panel.v1.PanelServiceGrpc;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Sends files to a PanelService, no faster than it takes them. */
public final class PanelUpload
    implements ClientResponseObserver<ImportPanelRequest, ImportPanelResponse> {
  private static final int CHUNK_BYTES = 512 << 10;

  private final CompletableFuture<ImportPanelResponse> answer = new CompletableFuture<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable ClientCallStreamObserver<ImportPanelRequest> call;

  private PanelUpload() {}

  /**
   * Imports {@code files} as one panel.
   *
   * @throws io.grpc.StatusRuntimeException as PanelService.ImportPanel says
   */
  public static ImportPanelResponse send(
      ManagedChannel channel, ImportHeader header, List<Path> files) throws IOException {
    PanelUpload upload = new PanelUpload();
    PanelServiceGrpc.newStub(channel)
        .withDeadlineAfter(Services.LONG.toSeconds(), TimeUnit.SECONDS)
        .importPanel(upload);
    try {
      upload.emit(ImportPanelRequest.newBuilder().setHeader(header).build());
      for (Path file : files) {
        upload.emitFile(file);
      }
      if (upload.call != null && !upload.answer.isDone()) {
        upload.call.onCompleted();
      }
      return upload.answer.get();
    } catch (ExecutionException failure) {
      throw Status.fromThrowable(failure.getCause()).asRuntimeException();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Status.CANCELLED.withDescription("interrupted").asRuntimeException();
    } catch (IOException unreadable) {
      if (upload.call != null) {
        upload.call.cancel("cannot read a file", unreadable);
      }
      throw unreadable;
    }
  }

  private void emitFile(Path file) throws IOException {
    FileStart start =
        FileStart.newBuilder()
            .setFileName(String.valueOf(file.getFileName()))
            .setSizeBytes(Files.size(file))
            .build();
    emit(ImportPanelRequest.newBuilder().setFileStart(start).build());
    try (InputStream in = Files.newInputStream(file)) {
      for (byte[] chunk = in.readNBytes(CHUNK_BYTES);
          chunk.length > 0 && !answer.isDone();
          chunk = in.readNBytes(CHUNK_BYTES)) {
        emit(ImportPanelRequest.newBuilder().setChunk(ByteString.copyFrom(chunk)).build());
      }
    }
  }

  private void emit(ImportPanelRequest part) {
    ClientCallStreamObserver<ImportPanelRequest> stream = java.util.Objects.requireNonNull(call);
    lock.lock();
    try {
      while (!stream.isReady() && !answer.isDone()) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
    if (!answer.isDone()) {
      stream.onNext(part);
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ImportPanelRequest> stream) {
    call = stream;
    stream.setOnReadyHandler(this::wake);
  }

  @Override
  public void onNext(ImportPanelResponse response) {
    answer.complete(response);
  }

  @Override
  public void onError(Throwable failure) {
    answer.completeExceptionally(failure);
    wake();
  }

  @Override
  public void onCompleted() {
    answer.completeExceptionally(
        Status.INTERNAL.withDescription("the service ended without an answer").asException());
    wake();
  }
}
