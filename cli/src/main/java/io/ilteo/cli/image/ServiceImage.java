package io.ilteo.cli.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Port;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import io.ilteo.cli.platform.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/**
 * An image out of staged folders, one a layer, those that change least in front.
 *
 * @param name e.g. {@code wage-service}
 * @param base name of the base image; empty to begin with nothing
 * @param layers staged folders by what they are; each holds what lies under {@code /} in the image
 * @param entrypoint the command line
 * @param labels what is known about the image
 * @param created when what it is made of was committed
 */
public record ServiceImage(
    String name,
    String base,
    Map<String, Path> layers,
    List<String> entrypoint,
    Map<String, String> labels,
    Instant created) {
  static final String USER = "10001";

  /**
   * How layers travel.
   *
   * @param cache where they are kept between builds
   * @param plainHttp whether a registry without TLS will do
   */
  record Transfer(Path cache, boolean plainHttp) {}

  /** In one order, which the image's description keeps. */
  private static final SortedMap<String, String> ENVIRONMENT =
      new TreeMap<>(Map.of("OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1"));

  private static final List<Integer> PORTS = List.of(8080, 9000, 9100);

  public ServiceImage {
    layers = new LinkedHashMap<>(layers);
  }

  /**
   * An image with nothing in it but its base, which is in the cache once this is written: whoever
   * wrote the base's name wrong need not wait for the layers to hear of it.
   */
  static ServiceImage bare(String base) {
    return new ServiceImage("nothing", base, Map.of(), List.of(), Map.of(), Staging.TIME);
  }

  /** Writes it as an OCI archive; returns its digest. */
  String write(Path archive, String tag, Transfer transfer)
      throws IOException, InterruptedException {
    Files.deleteIfExists(archive);
    return build(
        Containerizer.to(TarImage.at(archive).named(reference(name + ":" + tag))), transfer);
  }

  /**
   * Sends it to a registry, with the credentials of {@code docker login}; returns its digest.
   *
   * @param registry e.g. {@code registry.example.com/ilteo}
   */
  String push(String registry, String tag, Transfer transfer)
      throws IOException, InterruptedException {
    return build(Containerizer.to(inRegistry(registry + "/" + name + ":" + tag)), transfer);
  }

  private static RegistryImage inRegistry(String name) {
    ImageReference reference = reference(name);
    // Where nobody logged in there are none: public images and open registries ask for nothing.
    return RegistryImage.named(reference)
        .addCredentialRetriever(
            CredentialRetrieverFactory.forImage(reference, ServiceImage::ignore).dockerConfig());
  }

  private static void ignore(LogEvent event) {}

  private static ImageReference reference(String name) {
    try {
      return ImageReference.parse(name);
    } catch (InvalidImageReferenceException unreadable) {
      throw new PlatformException("\"" + name + "\" is no name of an image");
    }
  }

  private String build(Containerizer target, Transfer transfer)
      throws IOException, InterruptedException {
    JibContainerBuilder image = base.isEmpty() ? Jib.fromScratch() : Jib.from(inRegistry(base));
    for (Map.Entry<String, Path> layer : layers.entrySet()) {
      image.addFileEntriesLayer(layer(layer.getKey(), layer.getValue()));
    }
    PORTS.forEach(port -> image.addExposedPort(Port.tcp(port)));
    image
        .setFormat(ImageFormat.OCI)
        .setUser(USER + ":" + USER)
        .setEntrypoint(entrypoint)
        .setEnvironment(ENVIRONMENT)
        .setWorkingDirectory(AbsoluteUnixPath.get("/tmp"))
        .addVolume(AbsoluteUnixPath.get("/tmp"))
        .setLabels(labels)
        .setCreationTime(created)
        .addPlatform(architecture(), "linux");
    image.setPlatforms(
        java.util.Set.of(
            new com.google.cloud.tools.jib.api.buildplan.Platform(architecture(), "linux")));
    try {
      JibContainer built =
          image.containerize(
              target
                  .setToolName("ilteo")
                  .setAllowInsecureRegistries(transfer.plainHttp())
                  .setBaseImageLayersCache(transfer.cache())
                  .setApplicationLayersCache(transfer.cache()));
      return built.getDigest().toString();
    } catch (RegistryException | ExecutionException failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      String reason = String.valueOf(cause.getMessage()).strip().replaceAll("\\s+", " ");
      throw new PlatformException((base.isEmpty() ? name : name + " on " + base) + ": " + reason);
    } catch (com.google.cloud.tools.jib.api.CacheDirectoryCreationException unwritable) {
      throw new PlatformException(
          "Cannot write " + transfer.cache() + ": " + unwritable.getMessage());
    }
  }

  static String architecture() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
  }

  private static FileEntriesLayer layer(String name, Path folder) throws IOException {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
    for (Path path : Staging.tree(folder)) {
      if (path.equals(folder)) {
        continue;
      }
      AbsoluteUnixPath place = AbsoluteUnixPath.get("/" + folder.relativize(path));
      layer.addEntry(path, place, permissions(path, place.toString()), Staging.TIME);
    }
    return layer.build();
  }

  /** Readable by anybody, writable by root alone; who runs it is not root. */
  private static FilePermissions permissions(Path path, String place) {
    if (place.equals("/tmp")) {
      // Sticky bits are not among a layer's permissions; a mount lies over it anyway.
      return FilePermissions.fromOctalString("777");
    }
    boolean runs = Files.isDirectory(path) || Files.isExecutable(path);
    return FilePermissions.fromOctalString(runs ? "755" : "644");
  }
}
