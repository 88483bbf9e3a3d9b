package io.ilteo.cli;

import io.ilteo.cli.command.Failures;
import io.ilteo.cli.command.IlteoCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Entry point of {@code ilteo}. */
public final class Main {
  private Main() {}

  /** Runs one command and exits with its code; see {@link Failures} for the codes. */
  public static void main(String[] arguments) {
    int code = commandLine().execute(arguments);
    System.exit(code);
  }

  /** The parsed command line, with Ilteo's way of telling failures. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new IlteoCommand());
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(new Failures());
    line.setUsageHelpWidth(100);
    return line;
  }
}
