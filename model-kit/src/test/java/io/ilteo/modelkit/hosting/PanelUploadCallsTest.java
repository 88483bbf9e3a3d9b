package io.ilteo.modelkit.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.ilteo.modelkit.panel.store.InMemoryPanelStore;
import io.ilteo.modelkit.panel.synthetic.SyntheticPanel;
import io.ilteo.proto.panel.v1.ColumnRole;
import io.ilteo.proto.panel.v1.FileStart;
import io.ilteo.proto.panel.v1.ImportHeader;
import io.ilteo.proto.panel.v1.ImportPanelRequest;
import io.ilteo.proto.panel.v1.ImportPanelResponse;
import io.ilteo.proto.panel.v1.PreviewPanelRequest;
import io.ilteo.proto.panel.v1.PreviewPanelResponse;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads, part by part, to the calls behind ImportPanel and PreviewPanel. */
class PanelUploadCallsTest {
  private static final ImportHeader HEADER =
      ImportHeader.newBuilder().setMapping("klips-long").build();

  @TempDir Path uploads;

  private static ByteString csv() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SyntheticPanel(100, 1).writeCsv(out);
    return ByteString.copyFrom(out.toByteArray());
  }

  private static FileStart start(ByteString whole) {
    return FileStart.newBuilder().setFileName("klips.csv").setSizeBytes(whole.size()).build();
  }

  @Test
  void wholeFileIsImportedAndNothingIsLeftBehind() throws Exception {
    ByteString csv = csv();
    Answer<ImportPanelResponse> answer = new Answer<>();
    var call =
        new PanelImportCall(new InMemoryPanelStore(Clock.systemUTC()), new Config(uploads), answer);
    call.onNext(ImportPanelRequest.newBuilder().setHeader(HEADER).build());
    call.onNext(ImportPanelRequest.newBuilder().setFileStart(start(csv)).build());
    call.onNext(ImportPanelRequest.newBuilder().setChunk(csv.substring(0, 5000)).build());
    call.onNext(ImportPanelRequest.newBuilder().setChunk(csv.substring(5000)).build());
    call.onCompleted();
    ImportPanelResponse response = answer.get();
    assertThat(response.getCreated()).isTrue();
    assertThat(response.getPanel().getPersons()).isEqualTo(100);
    try (Stream<Path> left = Files.list(uploads)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void headOfAFileIsPreviewed() throws Exception {
    ByteString csv = csv();
    Answer<PreviewPanelResponse> answer = new Answer<>();
    var call = new PanelPreviewCall(new Config(uploads), answer);
    call.onNext(
        PreviewPanelRequest.newBuilder().setHeader(ImportHeader.getDefaultInstance()).build());
    call.onNext(PreviewPanelRequest.newBuilder().setFileStart(start(csv)).build());
    call.onNext(PreviewPanelRequest.newBuilder().setChunk(csv.substring(0, 20_011)).build());
    call.onCompleted();
    PreviewPanelResponse response = answer.get();
    assertThat(response.getProposedMapping()).isEqualTo("klips-long");
    assertThat(response.getProblemsList()).isEmpty();
    assertThat(response.getFormat()).isEqualTo("CSV (UTF-8)");
    assertThat(response.getColumnsList())
        .anyMatch(c -> c.getColumn().getRole() == ColumnRole.COLUMN_ROLE_WAGE)
        .anyMatch(c -> c.getColumn().getRole() == ColumnRole.COLUMN_ROLE_PERSON);
  }

  @Test
  void previewWithoutAFileIsRefused() {
    Answer<PreviewPanelResponse> answer = new Answer<>();
    var call = new PanelPreviewCall(new Config(uploads), answer);
    call.onNext(
        PreviewPanelRequest.newBuilder().setHeader(ImportHeader.getDefaultInstance()).build());
    call.onCompleted();
    assertThatThrownBy(answer::get)
        .hasMessageContaining("INVALID_ARGUMENT")
        .hasMessageContaining("no file");
  }

  /** Waits for the one answer. */
  private static final class Answer<T> implements StreamObserver<T> {
    private final CompletableFuture<T> future = new CompletableFuture<>();

    T get() throws Exception {
      return future.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void onNext(T value) {
      future.complete(value);
    }

    @Override
    public void onError(Throwable failure) {
      future.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {}
  }

  private record Config(Path folder) implements ModelServiceConfig {
    @Override
    public Duration trainingDrain() {
      return Duration.ZERO;
    }

    @Override
    public OptionalInt trainingCapacity() {
      return OptionalInt.empty();
    }

    @Override
    public int trainingNiceness() {
      return 0;
    }

    @Override
    public int predictionThreads() {
      return 1;
    }

    @Override
    public long maxImportBytes() {
      return 1 << 24;
    }

    @Override
    public int preparedPanels() {
      return 1;
    }

    @Override
    public Optional<Path> tensorFolder() {
      return Optional.empty();
    }

    @Override
    public long maxTensorBytes() {
      return 0;
    }

    @Override
    public Optional<Path> uploadFolder() {
      return Optional.of(folder);
    }

    @Override
    public String replicaHost() {
      return "127.0.0.1";
    }
  }
}
