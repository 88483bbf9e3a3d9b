package io.ilteo.cli.command;

import io.ilteo.cli.image.ImageBuild;
import io.ilteo.cli.image.ImageBuild.Built;
import io.ilteo.cli.image.ImageBuild.Options;
import io.ilteo.cli.platform.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Builds container images without a container engine. */
@Command(
    name = "image",
    description = "Builds the container images of the services; needs no container engine.",
    subcommands = ImageCommand.Build.class,
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  ./ilteo image build", "  ./ilteo image build --help"})
final class ImageCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        java.util.Objects.requireNonNull(spec).commandLine(), "Which command? There is build.");
  }

  /** Archives under {@code target/images}, and a push where one is wanted. */
  @Command(
      name = "build",
      description =
          "Writes an OCI archive and a bill of materials (CycloneDX) of each service to"
              + " target/images.",
      footer = {
        "",
        "Examples:",
        "  ./ilteo image build",
        "  ./ilteo image build wage --base gcr.io/distroless/cc-debian12:nonroot",
        "  ./ilteo image build --push registry.example.com/ilteo --tag 0.1.0",
        "",
        "Load an archive: podman load -i FILE, docker load -i FILE, ctr images import FILE."
      })
  static final class Build extends PlatformCommand {
    @Parameters(
        arity = "0..*",
        paramLabel = "SERVICE",
        description = "wage, satisfaction, tuner; without one: all.")
    private List<Service> chosen = new ArrayList<>();

    @Option(
        names = "--base",
        paramLabel = "IMAGE",
        defaultValue = "",
        description =
            "A base image with glibc and libstdc++. Without one: what a JVM needs out of this"
                + " machine's Debian packages, and nothing else.")
    private String base = "";

    @Option(names = "--tag", defaultValue = "0.1.0", description = "Default: ${DEFAULT-VALUE}.")
    private String tag = "";

    @Option(
        names = "--push",
        paramLabel = "REGISTRY",
        description = "Where to push to, with the credentials of docker login.")
    private @Nullable String registry;

    @Option(names = "--plain-http", description = "Registries without TLS will do.")
    private boolean plainHttp;

    @Option(names = "--without-aot", description = "Without ahead-of-time caches.")
    private boolean withoutCache;

    @Override
    public Integer call() throws IOException, InterruptedException {
      Path project = home().projectRoot();
      ImageBuild build =
          new ImageBuild(
              project,
              new Options(base, tag, !withoutCache, plainHttp),
              step -> err().println("  " + step));
      List<Service> services = chosen.isEmpty() ? List.of(Service.values()) : chosen;
      build.prepare(services);
      for (Service service : services) {
        Built built = build.build(service);
        String digest = registry == null ? built.digest() : build.push(built, registry);
        show(project, built, digest);
      }
      return 0;
    }

    private void show(Path project, Built built, String digest) {
      String archive = project.relativize(built.archive()).toString();
      if (json) {
        Map<String, Object> row = new TreeMap<>();
        row.put("image", built.image().name() + ":" + tag);
        row.put("archive", archive);
        row.put("bill", project.relativize(built.bill()).toString());
        row.put("digest", digest);
        printJson(row);
      } else {
        out().printf("%s  %s%n", digest, archive);
      }
    }
  }
}
