package io.ilteo.cli.command;

import io.ilteo.cli.platform.PlatformException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Asks a real cluster what it thinks of the manifests. */
@Command(
    name = "deploy",
    description = "Checks the Kubernetes manifests against a cluster.",
    subcommands = DeployCommand.Check.class,
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  ./ilteo deploy check", "  ./ilteo deploy check --overlay local"})
final class DeployCommand implements Runnable {
  @Spec private @org.jspecify.annotations.Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        java.util.Objects.requireNonNull(spec).commandLine(), "Which command? There is check.");
  }

  /** {@code kubectl apply --dry-run=server}: the cluster's own schemas, admission and quotas. */
  @Command(
      name = "check",
      description =
          "Sends an overlay to the cluster that kubectl is pointed at, as a server-side dry run:"
              + " nothing is changed. The namespace must exist.",
      footer = {"", "Exit codes: 0 accepted, 1 refused or no kubectl, 5 no cluster answers."})
  static final class Check extends PlatformCommand {
    private static final int LIMIT_SECONDS = 120;

    @Option(
        names = "--overlay",
        defaultValue = "production",
        description = "local or production (default: ${DEFAULT-VALUE}).")
    private String overlay = "production";

    @Override
    public Integer call() throws IOException, InterruptedException {
      Path folder = home().projectRoot().resolve("deploy/kubernetes/overlays").resolve(overlay);
      if (!Files.isRegularFile(folder.resolve("kustomization.yaml"))) {
        throw wrongUsage("no overlay \"" + overlay + "\"; there are local and production");
      }
      if (!onPath("kubectl")) {
        throw new PlatformException(
            "kubectl is not installed; install it, point it at a cluster, and run this again.");
      }
      Result cluster = kubectl("version", "--request-timeout=10s");
      if (cluster.exitCode() != 0) {
        err().println("ilteo: kubectl reaches no cluster: " + cluster.lastLine());
        return Failures.UNAVAILABLE;
      }
      Result check =
          kubectl("apply", "--dry-run=server", "-k", folder.toString(), "--request-timeout=30s");
      out().print(check.output());
      out().flush();
      return check.exitCode() == 0 ? 0 : Failures.FAILED;
    }

    private record Result(int exitCode, String output) {
      String lastLine() {
        return output.lines().reduce((first, second) -> second).orElse("it said nothing");
      }
    }

    private static Result kubectl(String... arguments) throws IOException, InterruptedException {
      List<String> line = Stream.concat(Stream.of("kubectl"), Stream.of(arguments)).toList();
      Path output = Files.createTempFile("ilteo-kubectl", ".txt");
      try {
        Process process =
            new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
          process.destroyForcibly();
        }
        String said = Files.readString(output, StandardCharsets.UTF_8);
        return new Result(ended ? process.exitValue() : -1, said);
      } finally {
        Files.delete(output);
      }
    }

    private static boolean onPath(String program) {
      return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
          .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
  }
}
