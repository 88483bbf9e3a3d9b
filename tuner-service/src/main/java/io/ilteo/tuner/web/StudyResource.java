package io.ilteo.tuner.web;

import io.ilteo.proto.tuner.v1.ListStudiesResponse;
import io.ilteo.proto.tuner.v1.ListTrialsResponse;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.StudyStore;
import io.ilteo.tuner.application.TrialReader;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.wire.Json;
import io.ilteo.tuner.wire.Messages;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Studies and their trials for the dashboard: the contracts' messages as protobuf JSON. */
@Path("/api/studies")
@Produces(MediaType.APPLICATION_JSON)
public class StudyResource {
  private static final int MAX_PAGE = 1_000;

  private final StudyStore studies;
  private final TrialReader trials;
  private final StudyEvents events;

  public StudyResource(StudyStore studies, TrialReader trials, StudyEvents events) {
    this.studies = studies;
    this.trials = trials;
    this.events = events;
  }

  /** Studies, newest first. */
  @GET
  public String list(@QueryParam("query") @DefaultValue("") String query) {
    StudyStore.Filter filter = new StudyStore.Filter(Set.of(), "", query, "");
    List<Study> page = studies.list(filter, Long.MAX_VALUE, 100);
    ListStudiesResponse.Builder response = ListStudiesResponse.newBuilder();
    page.forEach(study -> response.addStudies(Messages.study(study)));
    return Json.write(response.build());
  }

  /** One study. */
  @GET
  @Path("{id}")
  public String get(@PathParam("id") long id) {
    return Json.write(Messages.study(studies.get(new StudyId(id))));
  }

  /** A page of trials, sorted by the server. */
  @GET
  @Path("{id}/trials")
  public String trials(
      @PathParam("id") long id,
      @QueryParam("order") @DefaultValue("number") String order,
      @QueryParam("descending") boolean descending,
      @QueryParam("offset") int offset,
      @QueryParam("limit") @DefaultValue("50") int limit) {
    if (offset < 0 || limit < 1 || limit > MAX_PAGE) {
      throw new InvalidArgument("offset: 0 or more; limit: 1 to " + MAX_PAGE);
    }
    TrialReader.Page page =
        trials.list(
            new TrialReader.Query(
                new StudyId(id), Set.of(), order(order), descending, offset, limit));
    ListTrialsResponse.Builder response =
        ListTrialsResponse.newBuilder().setTotalSize(page.total());
    page.trials().forEach(trial -> response.addTrials(Messages.trial(trial)));
    return Json.write(response.build());
  }

  private static TrialReader.Order order(String name) {
    try {
      return TrialReader.Order.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new InvalidArgument(
          "order \"" + name + "\"; number, objective, start_time or duration");
    }
  }

  /** Server-sent events: whenever any of the newest studies has changed. */
  @GET
  @Path("events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void events(@Context SseEventSink sink, @Context Sse sse) {
    events.followAll(sink, sse);
  }

  /** Server-sent events: the study now and whenever it changes, as long as somebody listens. */
  @GET
  @Path("{id}/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void events(@PathParam("id") long id, @Context SseEventSink sink, @Context Sse sse) {
    events.follow(studies.get(new StudyId(id)), sink, sse);
  }
}
