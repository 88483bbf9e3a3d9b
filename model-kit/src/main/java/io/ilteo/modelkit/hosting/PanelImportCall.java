package io.ilteo.modelkit.hosting;

import io.grpc.stub.StreamObserver;
import io.ilteo.modelkit.panel.importing.ImportedPanel;
import io.ilteo.modelkit.panel.importing.PanelImport;
import io.ilteo.modelkit.panel.importing.SurveyFile;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.modelkit.panel.mapping.Mappings;
import io.ilteo.modelkit.panel.store.PanelStore;
import io.ilteo.proto.panel.v1.ImportHeader;
import io.ilteo.proto.panel.v1.ImportPanelRequest;
import io.ilteo.proto.panel.v1.ImportPanelResponse;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.servicekit.error.DomainException.ResourceExhausted;
import io.ilteo.servicekit.error.GrpcStatuses;
import io.ilteo.servicekit.grpc.Calls;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One ImportPanel call: parts arrive in a folder of its own, which is gone when the call ends. */
final class PanelImportCall implements StreamObserver<ImportPanelRequest> {
  private static final int MAX_FILES = 200;

  private final PanelStore panels;
  private final ModelServiceConfig config;
  private final StreamObserver<ImportPanelResponse> answer;
  private final List<SurveyFile> files = new ArrayList<>();
  private @Nullable ImportHeader header;
  private @Nullable Path folder;
  private @Nullable OutputStream open;
  private long bytes;
  private boolean ended;

  PanelImportCall(
      PanelStore panels, ModelServiceConfig config, StreamObserver<ImportPanelResponse> answer) {
    this.panels = panels;
    this.config = config;
    this.answer = answer;
  }

  @Override
  public void onNext(ImportPanelRequest part) {
    if (ended) {
      return;
    }
    try {
      switch (part.getPartCase()) {
        case HEADER -> takeHeader(part.getHeader());
        case FILE_START -> startFile(part.getFileStart().getFileName());
        case CHUNK -> append(part.getChunk().toByteArray());
        case PART_NOT_SET -> throw new InvalidArgument("a message of the import is empty");
      }
    } catch (IOException failure) {
      fail(new ResourceExhausted("the upload cannot be stored: " + failure.getMessage()));
    } catch (RuntimeException failure) {
      fail(failure);
    }
  }

  private void takeHeader(ImportHeader given) throws IOException {
    if (header != null) {
      throw new InvalidArgument("the import has two headers");
    }
    header = given;
    folder =
        config.uploadFolder().isPresent()
            ? Files.createTempDirectory(config.uploadFolder().get(), "import-")
            : Files.createTempDirectory("ilteo-import-");
  }

  private void startFile(String name) throws IOException {
    if (folder == null) {
      throw new InvalidArgument("the header must come first");
    }
    if (files.size() == MAX_FILES) {
      throw new InvalidArgument("more than " + MAX_FILES + " files in one import");
    }
    closeFile();
    // The name is the caller's and never becomes a path.
    Path path = folder.resolve("file-" + files.size());
    files.add(new SurveyFile(name.isBlank() ? "file " + (files.size() + 1) : name, path));
    open = Files.newOutputStream(path);
  }

  private void append(byte[] chunk) throws IOException {
    if (open == null) {
      throw new InvalidArgument("a chunk came before its file's start");
    }
    bytes += chunk.length;
    if (bytes > config.maxImportBytes()) {
      throw new ResourceExhausted(
          "the import is larger than %d bytes".formatted(config.maxImportBytes()));
    }
    open.write(chunk);
  }

  @Override
  public void onCompleted() {
    if (ended) {
      return;
    }
    ended = true;
    Calls.run(
        () -> {
          try {
            closeFile();
            answer.onNext(importFiles());
            answer.onCompleted();
          } catch (Exception failure) {
            answer.onError(GrpcStatuses.of(failure).asRuntimeException());
          } finally {
            clean();
          }
        });
  }

  private ImportPanelResponse importFiles() {
    if (header == null) {
      throw new InvalidArgument("the import has no header");
    }
    Mapping mapping =
        switch (header.getMappingSourceCase()) {
          case MAPPING -> Mappings.named(header.getMapping());
          case MAPPING_YAML -> Mappings.parse(header.getMappingYaml());
          case MAPPINGSOURCE_NOT_SET ->
              throw new InvalidArgument(
                  "the mapping is missing; shipped are " + Mappings.shipped());
        };
    ImportedPanel imported = PanelImport.read(files, mapping);
    String name =
        header.getDisplayName().isBlank() ? files.getFirst().name() : header.getDisplayName();
    PanelStore.Saved saved = panels.save(imported, name);
    return ImportPanelResponse.newBuilder()
        .setPanel(PanelMessages.panel(saved.panel()))
        .setCreated(saved.created())
        .build();
  }

  @Override
  public void onError(Throwable gone) {
    ended = true;
    clean();
  }

  private void fail(RuntimeException failure) {
    ended = true;
    clean();
    answer.onError(GrpcStatuses.of(failure).asRuntimeException());
  }

  private void closeFile() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
  }

  private void clean() {
    try {
      closeFile();
      if (folder != null && Files.exists(folder)) {
        try (Stream<Path> tree = Files.walk(Objects.requireNonNull(folder))) {
          for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
            Files.deleteIfExists(path);
          }
        }
      }
    } catch (IOException leftBehind) {
      org.jboss.logging.Logger.getLogger(PanelImportCall.class)
          .warnf("an upload was left behind in %s: %s", folder, leftBehind.getMessage());
    }
  }
}
