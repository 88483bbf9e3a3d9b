package io.ilteo.cli.image;

import io.ilteo.cli.platform.AheadOfTime;
import io.ilteo.cli.platform.Rehearsal;
import io.ilteo.cli.platform.Service;
import io.ilteo.cli.platform.ServiceJvm;
import io.ilteo.cli.platform.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Builds images: an operating system's libraries, a Java runtime, a service with its own native
 * code, its software bill of materials, and an ahead-of-time cache.
 *
 * <p>All but the cache is a function of the sources and the packages (docs/adr/0015). The JVM does
 * not write the same cache twice, so a cache is kept and used again as long as what it was made
 * from is the same.
 */
public final class ImageBuild {
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final String HOME = "opt/ilteo";

  /** Where in a service's target the build for its image lies: what runs here stays as it is. */
  private static final String BUILT = "image-app";

  /** With these Maven's JVM builds the same each time (docs/adr/0015). */
  private static final String ORDERLY =
      "-javaagent:build-agent/target/build-agent.jar"
          + " -XX:+UnlockExperimentalVMOptions -XX:hashCode=2";

  private final Path project;
  private final Path work;
  private final Options options;
  private final Consumer<String> progress;

  /**
   * What to build.
   *
   * @param base a base image with glibc and libstdc++; empty for this machine's Debian packages
   * @param tag the images' tag
   * @param withCache whether to put an ahead-of-time cache in
   * @param plainHttp whether registries without TLS will do
   */
  public record Options(String base, String tag, boolean withCache, boolean plainHttp) {}

  /** An image that was built. */
  public record Built(ServiceImage image, Path archive, Path bill, String digest) {}

  public ImageBuild(Path project, Options options, Consumer<String> progress) {
    this.project = project;
    this.work = project.resolve("target/images");
    this.options = options;
    this.progress = progress;
  }

  /** Builds the image of a service; {@link #prepare} must have been called. */
  public Built build(Service service) throws IOException, InterruptedException {
    String name = service.id() + "-service";
    Path application = stageApplication(service);
    Map<String, Path> layers = new LinkedHashMap<>();
    if (options.base().isEmpty()) {
      layers.put("system", work.resolve("system"));
    }
    layers.put("runtime", work.resolve("runtime"));
    layers.put("libraries", application.resolveSibling("libraries"));
    layers.put("application", application);
    List<String> entrypoint = new ArrayList<>();
    entrypoint.add("/" + HOME + "/runtime/bin/java");
    if (options.withCache()) {
      layers.put("cache", stageCache(service));
      entrypoint.addAll(AheadOfTime.using(Path.of("/" + HOME + "/" + service.id() + ".aot")));
    }
    entrypoint.addAll(jvmOptions(service));
    entrypoint.addAll(List.of("-jar", "/" + HOME + "/app/quarkus-run.jar"));
    ServiceImage image =
        new ServiceImage(name, options.base(), layers, entrypoint, labels(name), committed());
    Path archive = work.resolve("%s-%s.tar".formatted(name, options.tag()));
    progress.accept("writing " + project.relativize(archive));
    String digest = image.write(archive, options.tag(), transfer());
    Path bill = work.resolve("%s-%s.cdx.json".formatted(name, options.tag()));
    Files.copy(bill(service), bill, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    return new Built(image, archive, bill, digest);
  }

  /** Sends an image that was built to a registry; returns its digest there. */
  public String push(Built built, String registry) throws IOException, InterruptedException {
    progress.accept("pushing " + built.image().name() + " to " + registry);
    return built.image().push(registry, options.tag(), transfer());
  }

  private ServiceImage.Transfer transfer() {
    return new ServiceImage.Transfer(work.resolve("layers"), options.plainHttp());
  }

  /** Makes what all images share, and what goes into those of {@code services}. */
  public void prepare(List<Service> services) throws IOException, InterruptedException {
    if (options.base().isEmpty()) {
      progress.accept("the system's libraries, from Debian packages");
      Path system = Staging.emptied(work.resolve("system"));
      Map<String, String> packages = BaseFiles.unpack(system, work, ServiceImage.USER);
      Files.createDirectories(system.resolve("tmp"));
      StringBuilder list = new StringBuilder();
      packages.forEach((name, version) -> list.append(name + " " + version + "\n"));
      Files.writeString(system.resolve("etc/packages"), list);
      Staging.stamp(system);
    } else {
      progress.accept("the base, " + options.base());
      Path archive = Files.createDirectories(work).resolve("base.tar");
      ServiceImage.bare(options.base()).write(archive, options.tag(), transfer());
      Files.delete(archive);
    }
    progress.accept("a Java runtime, by jlink");
    Path runtime = Staging.emptied(work.resolve("runtime")).resolve(HOME).resolve("runtime");
    Files.createDirectories(runtime.getParent());
    JavaRuntime.link(runtime);
    Staging.stamp(work.resolve("runtime"));
    List<String> modules = services.stream().map(service -> service.id() + "-service").toList();
    progress.accept("the services, by an orderly build");
    String options = System.getenv().getOrDefault("MAVEN_OPTS", "") + " " + ORDERLY;
    maven(
            modules,
            Map.of("MAVEN_OPTS", options.strip()),
            "package",
            "-DskipTests",
            "-Dquarkus.package.output-directory=" + BUILT)
        .orFail("The build");
    progress.accept("software bills of materials, by CycloneDX");
    maven(modules, Map.of(), "org.cyclonedx:cyclonedx-maven-plugin:makeBom").orFail("CycloneDX");
  }

  /** Maven on modules and what they need. */
  private Tool maven(List<String> modules, Map<String, String> environment, String... what)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("./mvnw", "-B", "-q"));
    line.addAll(List.of("-pl", String.join(",", modules), "-am"));
    line.addAll(List.of(what));
    return Tool.run(project, LIMIT, line, environment);
  }

  private Path bill(Service service) {
    return project.resolve(service.id() + "-service/target/bom.json");
  }

  /** Copies the build: libraries without foreign native code in one folder, its own in another. */
  private Path stageApplication(Service service) throws IOException {
    Path built = project.resolve(service.id() + "-service/target/" + BUILT);
    progress.accept(service.id() + "-service, with the native code of this platform only");
    Path staged = Staging.emptied(work.resolve(service.id()));
    Path libraries = staged.resolve("libraries").resolve(HOME).resolve("app/lib");
    Staging.copy(built.resolve("lib"), Files.createDirectories(libraries));
    NativeCode nativeCode = new NativeCode(System.getProperty("os.arch"));
    for (Path jar : Staging.tree(libraries)) {
      if (jar.toString().endsWith(".jar")) {
        nativeCode.prune(jar);
      }
    }
    Path application = staged.resolve("application").resolve(HOME);
    Path app = Files.createDirectories(application.resolve("app"));
    for (String part : List.of("app", "quarkus", "quarkus-run.jar")) {
      Staging.copy(built.resolve(part), app.resolve(part));
    }
    Files.copy(bill(service), application.resolve("bom.json"));
    Files.copy(project.resolve("LICENSE"), application.resolve("LICENSE"));
    Staging.stamp(staged);
    return staged.resolve("application");
  }

  /** The cache, made anew only if what it is made from has changed. */
  private Path stageCache(Service service) throws IOException {
    Path staged = work.resolve(service.id());
    Path folder = Files.createDirectories(staged.resolve("cache").resolve(HOME));
    Path file = folder.resolve(service.id() + ".aot");
    Fingerprint made =
        Fingerprint.of(
            List.of(
                work.resolve("runtime"),
                staged.resolve("libraries"),
                staged.resolve("application")),
            jvmOptions(service));
    Path kept =
        Files.createDirectories(work.resolve("aot"))
            .resolve("%s-%s.aot".formatted(service.id(), made.text()));
    if (!Files.exists(kept)) {
      progress.accept(service.id() + "-service runs once for its ahead-of-time cache");
      Path whole = Staging.emptied(staged.resolve("whole"));
      for (String part : List.of("libraries", "application")) {
        Staging.copy(staged.resolve(part), whole);
      }
      Staging.stamp(whole);
      Path java = work.resolve("runtime").resolve(HOME).resolve("runtime/bin/java");
      try (Rehearsal rehearsal = new Rehearsal()) {
        new AheadOfTime(kept, whole.resolve(HOME).resolve("app/quarkus-run.jar"))
            .make(java, jvmOptions(service), service, rehearsal);
      }
      Staging.emptied(whole);
    }
    Files.copy(kept, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    return staged.resolve("cache");
  }

  private static List<String> jvmOptions(Service service) {
    List<String> options = new ArrayList<>(ServiceJvm.options(service));
    options.addAll(ServiceJvm.containerHeap());
    options.add("-Djava.io.tmpdir=/tmp");
    options.add("-Dorg.bytedeco.javacpp.cachedir=/tmp/javacpp");
    return options;
  }

  private Map<String, String> labels(String name) throws IOException, InterruptedException {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("org.opencontainers.image.title", "ilteo " + name);
    labels.put("org.opencontainers.image.version", options.tag());
    labels.put("org.opencontainers.image.licenses", "Apache-2.0");
    labels.put("org.opencontainers.image.revision", git("rev-parse", "HEAD"));
    if (!options.base().isEmpty()) {
      labels.put("org.opencontainers.image.base.name", options.base());
    }
    return labels;
  }

  private Instant committed() throws IOException, InterruptedException {
    String seconds = git("log", "-1", "--format=%ct");
    return seconds.matches("\\d+") ? Instant.ofEpochSecond(Long.parseLong(seconds)) : Staging.TIME;
  }

  /** What git says, or "unknown" where the sources came without it. */
  private String git(String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("git"));
    line.addAll(List.of(arguments));
    Tool said = Tool.isOnPath("git") ? Tool.run(project, LIMIT, line) : new Tool(1, "");
    return said.exitCode() == 0 ? said.lastLine() : "unknown";
  }
}
