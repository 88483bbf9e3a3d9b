package io.ilteo.tuner.web;

import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.StudyStore;
import io.ilteo.tuner.domain.study.Direction;
import io.ilteo.tuner.domain.study.StudyId;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** A few lines of Python that read a study's trials into a data frame. */
@Path("/api/studies/{id}/snippet.py")
public class NotebookSnippet {
  private final StudyStore studies;

  public NotebookSnippet(StudyStore studies) {
    this.studies = studies;
  }

  /** The lines, with this server's address as the browser knows it. */
  @GET
  @Produces("text/x-python; charset=utf-8")
  public Response snippet(@PathParam("id") long id, @Context UriInfo address) {
    Study study = studies.get(new StudyId(id));
    String metric = study.objectives().getFirst().metric();
    String text =
        """
        # Trials of %1$s as a data frame; rows are trials, columns are objectives and parameters.
        import pandas as pd

        trials = pd.read_csv("%2$sapi/%1$s/trials.csv", parse_dates=["start_time", "end_time"])
        completed = trials[trials["state"] == "COMPLETED"].sort_values("%3$s", ascending=%4$s)
        print(completed.head(10))
        """
            .formatted(
                study.id().name(),
                address.getBaseUri(),
                metric.replace("\\", "").replace("\"", ""),
                study.objectives().getFirst().direction() == Direction.MINIMIZE ? "True" : "False");
    return Response.ok(text)
        .header("Content-Disposition", "attachment; filename=\"study-" + id + ".py\"")
        .build();
  }
}
