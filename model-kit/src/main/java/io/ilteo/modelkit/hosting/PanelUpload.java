package io.ilteo.modelkit.hosting;

import io.ilteo.modelkit.panel.importing.SurveyFile;
import io.ilteo.proto.panel.v1.ImportHeader;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.servicekit.error.DomainException.ResourceExhausted;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Survey files as they arrive in a call, in a folder of their own until {@link #close}. */
final class PanelUpload implements AutoCloseable {
  private static final int MAX_FILES = 200;

  private final ModelServiceConfig config;
  private final List<SurveyFile> files = new ArrayList<>();
  private final List<Long> announcedBytes = new ArrayList<>();
  private @Nullable ImportHeader header;
  private @Nullable Path folder;
  private @Nullable OutputStream open;
  private long bytes;

  PanelUpload(ModelServiceConfig config) {
    this.config = config;
  }

  void takeHeader(ImportHeader given) throws IOException {
    if (header != null) {
      throw new InvalidArgument("the import has two headers");
    }
    header = given;
    folder =
        config.uploadFolder().isPresent()
            ? Files.createTempDirectory(config.uploadFolder().get(), "import-")
            : Files.createTempDirectory("ilteo-import-");
  }

  void startFile(String name, long announced) throws IOException {
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
    announcedBytes.add(announced);
    open = Files.newOutputStream(path);
  }

  void append(byte[] chunk) throws IOException {
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

  /** Ends the upload. */
  void finish() throws IOException {
    closeFile();
  }

  /** The header; refused where none came. */
  ImportHeader header() {
    if (header == null) {
      throw new InvalidArgument("the import has no header");
    }
    return header;
  }

  List<SurveyFile> files() {
    return List.copyOf(files);
  }

  /** Whether fewer bytes of file {@code index} came than were announced. */
  boolean isHead(int index) throws IOException {
    return Files.size(files.get(index).path()) < announcedBytes.get(index);
  }

  private void closeFile() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
  }

  /** Removes what was uploaded. */
  @Override
  public void close() {
    try {
      closeFile();
      if (folder != null && Files.exists(folder)) {
        try (Stream<Path> tree = Files.walk(folder)) {
          for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
            Files.deleteIfExists(path);
          }
        }
      }
    } catch (IOException leftBehind) {
      Logger.getLogger(PanelUpload.class)
          .warnf("an upload was left behind in %s: %s", folder, leftBehind.getMessage());
    }
  }
}
