package io.ilteo.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ilteo.cli.client.Access;
import io.ilteo.cli.client.Services;
import io.ilteo.cli.platform.Home;
import io.ilteo.cli.platform.Platform;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command has: the home, the platform, its output, and {@code --json}. */
@Command(mixinStandardHelpOptions = true, exitCodeOnInvalidInput = Failures.USAGE)
abstract class PlatformCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(names = "--json", description = "Print JSON for machines.")
  boolean json;

  @Spec private @Nullable CommandSpec spec;

  Home home() {
    return Home.find();
  }

  Platform platform() {
    return new Platform(home());
  }

  /** Connections to the services: this machine's, or those that the settings name; close them. */
  Services services() {
    return Services.of(Access.of(home(), System.getenv()));
  }

  /** Why this command's platform is not the one of this machine; empty if it is. */
  Optional<String> elsewhere() {
    return Access.elsewhere(home(), System.getenv());
  }

  /** Wrong usage: told with the command's help, ends with {@link Failures#USAGE}. */
  ParameterException wrongUsage(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }

  PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  PrintWriter err() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }

  /** Prints one JSON object on one line. */
  void printJson(Object value) {
    try {
      out().println(JSON.writeValueAsString(value));
    } catch (JsonProcessingException failure) {
      throw new IllegalStateException("cannot write JSON", failure);
    }
  }
}
