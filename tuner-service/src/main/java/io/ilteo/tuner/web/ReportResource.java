package io.ilteo.tuner.web;

import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.report.Report;
import io.ilteo.tuner.report.Reports;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The report of one or more studies to take away: one HTML file, or Markdown with its figures. */
@Path("/api/report")
public class ReportResource {
  private static final int MAX_STUDIES = 16;

  private final Reports reports;

  public ReportResource(Reports reports) {
    this.reports = reports;
  }

  /**
   * Writes it.
   *
   * @param studies ids with commas between them
   */
  @GET
  public Response report(
      @QueryParam("studies") @DefaultValue("") String studies,
      @QueryParam("language") @DefaultValue("en") String language,
      @QueryParam("format") @DefaultValue("html") String format) {
    List<StudyId> ids = ids(studies);
    Locale spoken = choose("language", language, Map.of("en", Locale.ENGLISH, "ko", Locale.KOREAN));
    Reports.Format written =
        choose(
            "format",
            format,
            Map.of("html", Reports.Format.HTML, "markdown", Reports.Format.MARKDOWN));
    Report report = reports.write(ids, spoken, written);
    String name =
        ids.stream()
            .map(id -> Long.toString(id.value()))
            .collect(Collectors.joining("-", "report-", "." + language));
    return written == Reports.Format.HTML
        ? attachment(report.text(), "text/html; charset=utf-8", name + ".html")
        : attachment(zip(report, name + ".md"), "application/zip", name + ".zip");
  }

  private static List<StudyId> ids(String studies) {
    List<String> texts = Stream.of(studies.split(",", -1)).filter(t -> !t.isBlank()).toList();
    if (texts.isEmpty() || texts.size() > MAX_STUDIES) {
      throw new InvalidArgument("studies: " + texts.size() + " ids; 1 to " + MAX_STUDIES);
    }
    try {
      return texts.stream().map(text -> StudyId.parse("studies/" + text.strip())).toList();
    } catch (IllegalArgumentException wrong) {
      throw new InvalidArgument("studies: " + wrong.getMessage());
    }
  }

  private static Response attachment(Object body, String mediaType, String name) {
    return Response.ok(body, mediaType)
        .header("Content-Disposition", ExportResource.attachment(name))
        .build();
  }

  private static byte[] zip(Report report, String name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      put(zip, name, report.text().getBytes(StandardCharsets.UTF_8));
      for (Report.FigureFile file : report.figures()) {
        put(zip, file.fileName(), file.figure().png());
        put(zip, file.svgFileName(), file.figure().svg().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  private static <T> T choose(String field, String value, Map<String, T> choices) {
    T chosen = choices.get(value);
    if (chosen == null) {
      throw new InvalidArgument(
          field + " is \"" + value + "\"; one of " + new TreeSet<>(choices.keySet()));
    }
    return chosen;
  }
}
