package io.ilteo.cli.command;

import io.ilteo.cli.client.Services;
import io.ilteo.cli.client.Values;
import io.ilteo.cli.platform.Service;
import io.ilteo.proto.model.v1.ListModelVersionsRequest;
import io.ilteo.proto.model.v1.ModelVersion;
import io.ilteo.proto.model.v1.RollBackAliasRequest;
import io.ilteo.proto.model.v1.SetAliasRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows model versions and points aliases at them. */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    description = "Shows model versions and points aliases at them.",
    subcommands = {
      ModelCommand.Listing.class,
      ModelCommand.Promote.class,
      ModelCommand.RollBack.class
    },
    footer = {
      "",
      "Examples:",
      "  ./ilteo model list wage",
      "  ./ilteo model promote models/wage/versions/3 --reason 'beats ridge'",
      "  ./ilteo model roll-back wage champion --reason 'drift'"
    })
final class ModelCommand implements Runnable {
  @picocli.CommandLine.Spec
  private picocli.CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

  @Override
  public void run() {
    Objects.requireNonNull(spec).commandLine().usage(System.out);
  }

  private static Service service(PlatformCommand command, String task) {
    return switch (task.toLowerCase(Locale.ROOT)) {
      case "wage" -> Service.WAGE;
      case "satisfaction" -> Service.SATISFACTION;
      default ->
          throw command.wrongUsage("no task \"" + task + "\"; there are wage and satisfaction");
    };
  }

  /** Lists versions. */
  @Command(name = "list", description = "Lists a task's model versions.")
  static final class Listing extends PlatformCommand {
    @Parameters(paramLabel = "TASK", description = "wage or satisfaction.")
    private String task = "";

    @Override
    public Integer call() {
      try (Services services = services()) {
        services
            .registry(service(this, task))
            .listModelVersions(ListModelVersionsRequest.getDefaultInstance())
            .getModelVersionsList()
            .forEach(this::show);
      }
      return 0;
    }

    private void show(ModelVersion version) {
      if (json) {
        printJson(
            Map.of(
                "name", version.getName(),
                "architecture", version.getArchitecture(),
                "aliases", version.getAliasesList(),
                "artifact_digest", version.getArtifactDigest()));
      } else {
        out()
            .printf(
                "%-32s %-14s %-20s %s%n",
                version.getName(),
                version.getArchitecture(),
                String.join(",", version.getAliasesList()),
                Values.parameters(version.getParametersList()));
      }
    }
  }

  /** Points an alias at a version. */
  @Command(name = "promote", description = "Points an alias at a version.")
  static final class Promote extends PlatformCommand {
    @Parameters(paramLabel = "VERSION", description = "E.g. models/wage/versions/3.")
    private String version = "";

    @Option(names = "--alias", defaultValue = "champion", description = "Default: champion.")
    private String alias = "champion";

    @Option(names = "--reason", required = true, description = "Why, for the audit log.")
    private String reason = "";

    @Override
    public Integer call() {
      String[] parts = version.split("/", -1);
      try (Services services = services()) {
        var set =
            services
                .registry(service(this, parts.length > 1 ? parts[1] : version))
                .setAlias(
                    SetAliasRequest.newBuilder()
                        .setAlias(alias)
                        .setModelVersion(version)
                        .setReason(reason)
                        .build());
        out().println(set.getAlias().getAlias() + " -> " + set.getAlias().getModelVersion());
      }
      return 0;
    }
  }

  /** Points an alias back. */
  @Command(name = "roll-back", description = "Points an alias at the version it had before.")
  static final class RollBack extends PlatformCommand {
    @Parameters(index = "0", paramLabel = "TASK")
    private String task = "";

    @Parameters(index = "1", paramLabel = "ALIAS", defaultValue = "champion")
    private String alias = "champion";

    @Option(names = "--reason", required = true, description = "Why, for the audit log.")
    private String reason = "";

    @Override
    public Integer call() {
      try (Services services = services()) {
        var back =
            services
                .registry(service(this, task))
                .rollBackAlias(
                    RollBackAliasRequest.newBuilder().setAlias(alias).setReason(reason).build());
        out().println(back.getAlias().getAlias() + " -> " + back.getAlias().getModelVersion());
      }
      return 0;
    }
  }
}
