package io.ilteo.cli.command;

import io.ilteo.cli.platform.PlatformException;
import io.ilteo.cli.platform.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Asks a real cluster what it thinks of the manifests. */
@Command(
    name = "deploy",
    description = "Renders the Kubernetes manifests, and checks them against a cluster.",
    subcommands = {DeployCommand.Render.class, DeployCommand.Check.class},
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./ilteo deploy render --overlay local",
      "  ./ilteo deploy check",
      "  ./ilteo deploy check --overlay ../our-cluster"
    })
final class DeployCommand implements Runnable {
  @Spec private @org.jspecify.annotations.Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        java.util.Objects.requireNonNull(spec).commandLine(),
        "Which command? There are render and check.");
  }

  /** What the commands share: overlays and kubectl. */
  abstract static class OverlayCommand extends PlatformCommand {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Option(
        names = "--overlay",
        defaultValue = "production",
        description = "local, production or a folder of yours (default: ${DEFAULT-VALUE}).")
    private String overlay = "production";

    /** The folder of the overlay: one of ours by its name, or one that the user made. */
    final Path folder() {
      Path folder = home().projectRoot().resolve("deploy/kubernetes/overlays").resolve(overlay);
      if (!Files.isRegularFile(folder.resolve("kustomization.yaml"))) {
        throw wrongUsage(
            "no overlay \"" + overlay + "\"; there are local, production, and folders of yours");
      }
      if (!Tool.isOnPath("kubectl")) {
        throw new PlatformException(
            "kubectl is not installed; install it, point it at a cluster, and run this again.");
      }
      return folder;
    }

    final Tool kubectl(String... arguments) throws IOException, InterruptedException {
      List<String> line = Stream.concat(Stream.of("kubectl"), Stream.of(arguments)).toList();
      return Tool.run(home().projectRoot(), LIMIT, line);
    }
  }

  /** {@code kubectl kustomize}: what would be applied, to read or to pipe. */
  @Command(
      name = "render",
      description = "Prints the manifests of an overlay as they would be applied.",
      footer = {"", "Exit codes: 0 printed, 1 not renderable or no kubectl."})
  static final class Render extends OverlayCommand {
    @Override
    public Integer call() throws IOException, InterruptedException {
      Path folder = folder();
      out().print(kubectl("kustomize", folder.toString()).orFail("kubectl kustomize").output());
      out().flush();
      return 0;
    }
  }

  /** {@code kubectl apply --dry-run=server}: the cluster's own schemas, admission and quotas. */
  @Command(
      name = "check",
      description =
          "Sends an overlay to the cluster that kubectl is pointed at, as a server-side dry run:"
              + " nothing is changed. The namespace must exist.",
      footer = {"", "Exit codes: 0 accepted, 1 refused or no kubectl, 5 no cluster answers."})
  static final class Check extends OverlayCommand {
    @Override
    public Integer call() throws IOException, InterruptedException {
      Path folder = folder();
      Tool cluster = kubectl("version", "--request-timeout=10s");
      if (cluster.exitCode() != 0) {
        err()
            .println(
                "ilteo: kubectl reaches no cluster (%s); kubectl config get-contexts tells which it knows"
                    .formatted(cluster.lastLine()));
        return Failures.UNAVAILABLE;
      }
      Tool check =
          kubectl("apply", "--dry-run=server", "-k", folder.toString(), "--request-timeout=30s");
      out().print(check.output());
      out().flush();
      return check.exitCode() == 0 ? 0 : Failures.FAILED;
    }
  }
}
