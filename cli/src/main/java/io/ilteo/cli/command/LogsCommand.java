package io.ilteo.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the end of a log. */
@Command(
    name = "logs",
    description = "Shows the end of a part's log.",
    footer = {"", "Examples:", "  ./ilteo logs", "  ./ilteo logs wage -n 200"})
final class LogsCommand extends PlatformCommand {
  private static final List<String> PARTS = List.of("postgresql", "wage", "satisfaction", "tuner");

  @Parameters(
      paramLabel = "PART",
      defaultValue = "tuner",
      description = "postgresql, wage, satisfaction or tuner (default).")
  private String part = "tuner";

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      defaultValue = "50",
      description = "Lines to show (default 50).")
  private int lines = 50;

  @Override
  public Integer call() throws IOException {
    if (!PARTS.contains(part)) {
      throw wrongUsage("no part " + part + "; there are " + PARTS);
    }
    Path log = platform().log(part);
    if (!Files.exists(log)) {
      throw new NoSuchFileException(log.toString());
    }
    List<String> all = Files.readAllLines(log);
    all.subList(Math.max(0, all.size() - lines), all.size()).forEach(out()::println);
    return 0;
  }
}
