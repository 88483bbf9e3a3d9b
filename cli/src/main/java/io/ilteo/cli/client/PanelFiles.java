package io.ilteo.cli.client;

import io.grpc.Channel;
import io.ilteo.cli.platform.Service;
import io.ilteo.proto.panel.v1.ImportHeader;
import io.ilteo.proto.panel.v1.ImportPanelResponse;
import io.ilteo.proto.panel.v1.PanelServiceGrpc;
import io.ilteo.proto.panel.v1.SynthesizePanelRequest;
import io.ilteo.proto.panel.v1.SynthesizePanelResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Survey files on this machine: made, found, and imported. */
public final class PanelFiles {
  private PanelFiles() {}

  /**
   * The files of a panel: the file itself, or the files of a folder in the order of their names.
   */
  public static List<Path> of(Path fileOrFolder) throws IOException {
    if (!Files.exists(fileOrFolder)) {
      throw new NoSuchFileException(fileOrFolder.toString());
    }
    if (!Files.isDirectory(fileOrFolder)) {
      return List.of(fileOrFolder);
    }
    try (Stream<Path> files = Files.list(fileOrFolder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** The header for {@code mapping}: the name of a shipped mapping, or the path of a YAML file. */
  public static ImportHeader header(String displayName, String mapping) throws IOException {
    ImportHeader.Builder header = ImportHeader.newBuilder().setDisplayName(displayName);
    boolean isFile = mapping.endsWith(".yaml") || mapping.endsWith(".yml");
    return isFile
        ? header.setMappingYaml(Files.readString(Path.of(mapping))).build()
        : header.setMapping(mapping).build();
  }

  /** Imports into one service. */
  public static ImportPanelResponse importInto(
      Services services, Service service, ImportHeader header, List<Path> files)
      throws IOException {
    return PanelUpload.send(services.channel(service), header, files);
  }

  /** Writes a synthetic panel to {@code target}, which appears only when it is whole. */
  public static void synthesize(Services services, int persons, long seed, Path target)
      throws IOException {
    synthesize(services.channel(Service.WAGE), persons, seed, target);
  }

  /** As above, by the model service at the end of {@code channel}. */
  public static void synthesize(Channel channel, int persons, long seed, Path target)
      throws IOException {
    Iterator<SynthesizePanelResponse> chunks =
        PanelServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(Services.LONG.toSeconds(), TimeUnit.SECONDS)
            .synthesizePanel(
                SynthesizePanelRequest.newBuilder().setPersons(persons).setSeed(seed).build());
    Path folder = target.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try (OutputStream out = Files.newOutputStream(part)) {
      while (chunks.hasNext()) {
        chunks.next().getChunk().writeTo(out);
      }
    }
    Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
  }
}
