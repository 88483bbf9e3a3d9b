package io.ilteo.cli.command;

import io.ilteo.cli.client.Services;
import io.ilteo.proto.tuner.v1.GenerateReportRequest;
import io.ilteo.proto.tuner.v1.GenerateReportResponse;
import io.ilteo.proto.tuner.v1.ReportFigure;
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
    description =
        "Writes the report of one or more studies from the numbers in the database: one HTML file"
            + " that needs nothing else, or Markdown with its figures (PNG and SVG) in a folder"
            + " beside it.",
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
    ENGLISH(ReportLanguage.REPORT_LANGUAGE_ENGLISH, "en"),
    KOREAN(ReportLanguage.REPORT_LANGUAGE_KOREAN, "ko");

    private final ReportLanguage value;
    private final String tag;

    Language(ReportLanguage value, String tag) {
      this.value = value;
      this.tag = tag;
    }

    /** As in file names. */
    String tag() {
      return tag;
    }
  }

  /** Forms of the file. */
  enum Format {
    MARKDOWN(ReportFormat.REPORT_FORMAT_MARKDOWN, "md"),
    HTML(ReportFormat.REPORT_FORMAT_HTML, "html");

    private final ReportFormat value;
    private final String ending;

    Format(ReportFormat value, String ending) {
      this.value = value;
      this.ending = ending;
    }

    /** Of file names. */
    String ending() {
      return ending;
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
    GenerateReportResponse report =
        services
            .reports()
            .generateReport(
                GenerateReportRequest.newBuilder()
                    .addAllStudies(studies)
                    .setLanguage(language.value)
                    .setFormat(format.value)
                    .build());
    Files.write(target, report.getContent().toByteArray());
    for (ReportFigure figure : report.getFiguresList()) {
      Path png = target.toAbsolutePath().resolveSibling(figure.getFileName());
      Files.createDirectories(png.getParent());
      Files.write(png, figure.getPng().toByteArray());
      String svg = String.valueOf(png.getFileName()).replaceFirst("png$", "svg");
      Files.write(png.resolveSibling(svg), figure.getSvg().toByteArray());
    }
  }
}
