package io.ilteo.tuner.web;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.StudyStore;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.application.TrialReader;
import io.ilteo.tuner.domain.space.ParameterSpec;
import io.ilteo.tuner.domain.study.Objective;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.wire.Json;
import io.ilteo.tuner.wire.Messages;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Files to take away: a study's trials as CSV or JSON lines. */
@Path("/api/studies/{id}")
public class ExportResource {
  private static final int PAGE = 1_000;

  private final StudyStore studies;
  private final TrialReader trials;

  public ExportResource(StudyStore studies, TrialReader trials) {
    this.studies = studies;
    this.trials = trials;
  }

  /** One row a trial: number, state, objectives, seconds, parameters. */
  @GET
  @Path("trials.csv")
  @Produces("text/csv; charset=utf-8")
  public Response csv(@PathParam("id") long id) {
    Study study = studies.get(new StudyId(id));
    List<String> parameters = study.space().parameters().stream().map(ParameterSpec::name).toList();
    List<String> header = new ArrayList<>(List.of("number", "state"));
    study.objectives().stream().map(Objective::metric).forEach(header::add);
    header.addAll(List.of("start_time", "end_time"));
    header.addAll(parameters);
    return file(
        study.id(),
        "csv",
        line(header),
        trial -> line(row(trial, study.objectives().size(), parameters)));
  }

  /** One JSON object a line: the contract's Trial. */
  @GET
  @Path("trials.jsonl")
  @Produces("application/jsonl")
  public Response json(@PathParam("id") long id) {
    return file(
        studies.get(new StudyId(id)).id(),
        "jsonl",
        "",
        trial -> Json.write(Messages.trial(trial)) + "\n");
  }

  private Response file(StudyId id, String ending, String head, RowWriter rows) {
    StreamingOutput body =
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          writer.write(head);
          for (int offset = 0; ; offset += PAGE) {
            List<Trial> page = page(id, offset);
            for (Trial trial : page) {
              writer.write(rows.line(trial));
            }
            if (page.size() < PAGE) {
              break;
            }
          }
          writer.flush();
        };
    return Response.ok(body)
        .header("Content-Disposition", attachment("study-" + id.value() + "." + ending))
        .build();
  }

  private List<Trial> page(StudyId id, int offset) {
    TrialReader.Query query =
        new TrialReader.Query(id, Set.of(), TrialReader.Order.NUMBER, false, offset, PAGE);
    return trials.list(query).trials();
  }

  static String attachment(String name) {
    return "attachment; filename=\"" + name + "\"";
  }

  private static List<String> row(Trial trial, int objectives, List<String> parameters) {
    List<String> cells = new ArrayList<>();
    cells.add(Integer.toString(trial.id().number()));
    cells.add(trial.state().name());
    for (int i = 0; i < objectives; i++) {
      cells.add(i < trial.objectives().size() ? trial.objectives().get(i).toString() : "");
    }
    cells.add(trial.startedAt().map(Object::toString).orElse(""));
    cells.add(trial.endedAt().map(Object::toString).orElse(""));
    for (String parameter : parameters) {
      Object value = trial.configuration().values().get(parameter);
      cells.add(value == null ? "" : value.toString());
    }
    return cells;
  }

  /** RFC 4180; a cell that a spreadsheet would take for a formula is preceded by an apostrophe. */
  static String line(List<String> cells) {
    StringWriter line = new StringWriter();
    try (CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(line)) {
      writer.writeRecord(cells.stream().map(ExportResource::inert).toList());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return line.toString();
  }

  private static String inert(String text) {
    boolean formula =
        !text.isEmpty()
            && ("=+@\t\r".indexOf(text.charAt(0)) >= 0
                || text.startsWith("-") && !text.matches("-[0-9.].*"));
    return formula ? "'" + text : text;
  }

  /** Writes a trial as one line. */
  @FunctionalInterface
  private interface RowWriter {
    String line(Trial trial);
  }
}
