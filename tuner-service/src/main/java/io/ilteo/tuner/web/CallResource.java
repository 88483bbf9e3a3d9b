package io.ilteo.tuner.web;

import io.ilteo.servicekit.security.HttpGuard;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** The contracts' unary methods for the dashboard, protobuf JSON in and out. */
@Path("/api/call")
public class CallResource {
  private final Gateway gateway;

  public CallResource(Gateway gateway) {
    this.gateway = gateway;
  }

  /** Calls one method; {@code task} chooses a model service. */
  @POST
  @Path("{service}/{method}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public String call(
      @PathParam("service") String service,
      @PathParam("method") String method,
      @QueryParam("task") @DefaultValue("") String task,
      @Context RoutingContext context,
      String request) {
    return gateway.call(service, method, task, request, HttpGuard.caller(context));
  }
}
