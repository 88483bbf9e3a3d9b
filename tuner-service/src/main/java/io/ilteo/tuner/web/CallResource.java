package io.ilteo.tuner.web;

import io.ilteo.servicekit.error.DomainException.InvalidArgument;
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
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The contracts' unary methods for the dashboard, protobuf JSON in and out. */
@Path("/api/call")
public class CallResource {
  /** As much as a gRPC server of ours takes. Panels come by {@link PanelResource}. */
  private static final int MAX_REQUEST_BYTES = 8 << 20;

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
      InputStream body)
      throws IOException {
    byte[] request = body.readNBytes(MAX_REQUEST_BYTES + 1);
    if (request.length > MAX_REQUEST_BYTES) {
      throw new InvalidArgument("the request is longer than " + MAX_REQUEST_BYTES + " bytes");
    }
    return gateway.call(
        service,
        method,
        task,
        new String(request, StandardCharsets.UTF_8),
        HttpGuard.caller(context));
  }
}
