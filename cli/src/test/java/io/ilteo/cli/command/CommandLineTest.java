package io.ilteo.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.ilteo.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  static List<String> commands() {
    return Main.commandLine().getSubcommands().keySet().stream()
        .filter(name -> !name.equals("help"))
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHelpsWithExamples(String command) {
    assertThat(execute(command, "--help")).isZero();
    assertThat(out.toString()).contains("Usage: ilteo " + command).contains("./ilteo " + command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run --trials 0",
        "run --trials many",
        "run --panel some.csv",
        "logs nothing",
        "bench nothing",
        "nothing"
      })
  void wrongUsageEndsWithTwoAndSaysWhatIsWrong(String line) {
    assertThat(execute(line.split(" ", -1))).isEqualTo(Failures.USAGE);
    assertThat(err.toString()).isNotBlank();
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aMissingPanelFileEndsWithFourInOneLine() {
    assertThat(execute("run", "--panel", "gone.csv", "--mapping", "soep"))
        .isEqualTo(Failures.NOT_FOUND);
    assertThat(err.toString().lines()).containsExactly("ilteo: no such file: gone.csv");
  }

  @Test
  void aServerThatIsDownIsNamedByTheConnectionThatFailed() {
    Status down =
        Status.UNAVAILABLE
            .withDescription("io exception")
            .withCause(
                new IOException(
                    "finishConnect", new ConnectException("Connection refused: /127.0.0.1:9000")));
    assertThat(Failures.line(down.asRuntimeException()))
        .isEqualTo(
            "a service does not answer (Connection refused: /127.0.0.1:9000); ./ilteo status tells"
                + " which, ./ilteo up starts it");
    assertThat(Failures.line(Status.NOT_FOUND.withDescription("no x").asRuntimeException()))
        .isEqualTo("no x [NOT_FOUND]");
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void aServicesAnswerDecidesTheExitCode(Status.Code status, int exitCode) {
    CommandLine line = Main.commandLine().setErr(new PrintWriter(err, true));
    Exception failure = status.toStatus().withDescription("budget is 0").asRuntimeException();
    int code = new Failures().handleExecutionException(failure, line, line.parseArgs("help"));
    assertThat(code).isEqualTo(exitCode);
    assertThat(err.toString().lines()).hasSize(1).allMatch(text -> text.contains("budget is 0"));
  }

  static Stream<Arguments> statuses() {
    return Stream.of(
        Arguments.of(Status.Code.INVALID_ARGUMENT, 3),
        Arguments.of(Status.Code.NOT_FOUND, 4),
        Arguments.of(Status.Code.UNAVAILABLE, 5),
        Arguments.of(Status.Code.INTERNAL, 1));
  }

  private int execute(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
