package io.ilteo.cli.command;

import io.ilteo.cli.backup.PlatformBackup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the database what it was when a backup was written. */
@Command(
    name = "restore",
    description = {
      "Makes the database what it was when the file was written. The services must be down.",
      "A file that is damaged, or newer than this program, is refused and changes nothing.",
      "Attempts that ran then are tried again from their checkpoints after ./ilteo up."
    },
    footer = {
      "",
      "Examples:",
      "  ./ilteo restore ilteo-2026-11-26.zip && ./ilteo up",
      "  ./ilteo down && ./ilteo restore ilteo-2026-11-26.zip --overwrite && ./ilteo up"
    })
final class RestoreCommand extends PlatformCommand {
  @Parameters(paramLabel = "FILE", description = "Written by ./ilteo backup.")
  private Path file = Path.of("");

  @Option(names = "--overwrite", description = "Replace the data that is there.")
  private boolean overwrite;

  @Override
  public Integer call() throws IOException {
    PlatformBackup.Contents contents =
        new PlatformBackup(home()).restore(file.toAbsolutePath(), overwrite);
    if (json) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("taken_at", contents.takenAt());
      result.put("rows", contents.rows());
      result.put("revoked_leases", contents.revokedLeases());
      printJson(result);
    } else {
      out()
          .printf(
              "restored %,d rows as of %s; %d attempts that ran then will be tried again%n",
              contents.rows(), contents.takenAt(), contents.revokedLeases());
      out().println("./ilteo up starts the platform");
    }
    return 0;
  }
}
