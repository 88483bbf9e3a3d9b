package io.ilteo.cli.command;

import io.ilteo.cli.backup.PlatformBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes everything into one file. */
@Command(
    name = "backup",
    description = {
      "Writes panels, studies, models and tokens into one file, as they are at one moment.",
      "Services may run and go on; the file holds survey records: only its owner can read it."
    },
    footer = {
      "",
      "Examples:",
      "  ./ilteo backup ilteo-2026-11-26.zip",
      "  ./ilteo down && ./ilteo restore ilteo-2026-11-26.zip --overwrite && ./ilteo up"
    })
final class BackupCommand extends PlatformCommand {
  @Parameters(paramLabel = "FILE", description = "A file that does not exist yet.")
  private Path file = Path.of("");

  @Override
  public Integer call() throws IOException {
    PlatformBackup.Contents contents = new PlatformBackup(home()).take(file.toAbsolutePath());
    long bytes = Files.size(file);
    if (json) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("file", file.toString());
      result.put("taken_at", contents.takenAt());
      result.put("rows", contents.rows());
      result.put("bytes", bytes);
      printJson(result);
    } else {
      out()
          .printf(
              "%s: %,d rows as of %s, %,d KiB%n",
              file, contents.rows(), contents.takenAt(), bytes >> 10);
    }
    return 0;
  }
}
