package io.ilteo.cli.command;

import io.ilteo.cli.client.Services;
import io.ilteo.proto.tuner.v1.GenerateReportRequest;
import io.ilteo.proto.tuner.v1.ReportFormat;
import io.ilteo.proto.tuner.v1.ReportLanguage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the report of one or more studies. */
@Command(
    name = "report",
    description = "Writes the report of one or more studies from the numbers in the database.",
    footer = {
      "",
      "Examples:",
      "  ./ilteo report studies/1 studies/2 --out report.md",
      "  ./ilteo report studies/1 --language korean --format html --out report.html"
    })
final class ReportCommand extends PlatformCommand {
  @Parameters(paramLabel = "STUDY", arity = "1..16", description = "E.g. studies/1.")
  private List<String> studies = List.of();

  @Option(names = "--language", defaultValue = "english", description = "english or korean.")
  private Language language = Language.ENGLISH;

  @Option(names = "--format", defaultValue = "markdown", description = "markdown or html.")
  private Format format = Format.MARKDOWN;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to write.")
  private Path target = Path.of("");

  /** Languages of the prose. */
  enum Language {
    ENGLISH(ReportLanguage.REPORT_LANGUAGE_ENGLISH),
    KOREAN(ReportLanguage.REPORT_LANGUAGE_KOREAN);

    private final ReportLanguage value;

    Language(ReportLanguage value) {
      this.value = value;
    }
  }

  /** Forms of the file. */
  enum Format {
    MARKDOWN(ReportFormat.REPORT_FORMAT_MARKDOWN),
    HTML(ReportFormat.REPORT_FORMAT_HTML);

    private final ReportFormat value;

    Format(ReportFormat value) {
      this.value = value;
    }
  }

  @Override
  public Integer call() throws IOException {
    try (Services services = services()) {
      write(services, studies, language, format, target);
    }
    if (json) {
      printJson(Map.of("report", target.toAbsolutePath().toString()));
    } else {
      out().println(target.toAbsolutePath());
    }
    return 0;
  }

  static void write(
      Services services, List<String> studies, Language language, Format format, Path target)
      throws IOException {
    byte[] content =
        services
            .reports()
            .generateReport(
                GenerateReportRequest.newBuilder()
                    .addAllStudies(studies)
                    .setLanguage(language.value)
                    .setFormat(format.value)
                    .build())
            .getContent()
            .toByteArray();
    Files.write(target, content);
  }
}
