package io.ilteo.tuner.web;

import io.ilteo.proto.panel.v1.ImportHeader;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.tuner.dispatch.GrpcModelServices;
import io.ilteo.tuner.wire.Json;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes survey files from a browser and passes them on to a model service as they come: nothing is
 * kept here, and the model service's own limits and messages hold.
 */
@Path("/api/panels")
public class PanelResource {
  private static final int MAX_FILES = 64;

  private final GrpcModelServices tasks;

  public PanelResource(GrpcModelServices tasks) {
    this.tasks = tasks;
  }

  /**
   * Imports one panel. The body is the files' bytes, one file after the other.
   *
   * @param files for each file its size in bytes, a colon and its name
   * @return ImportPanelResponse as protobuf JSON
   */
  @POST
  @Path("{task}")
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  @Produces(MediaType.APPLICATION_JSON)
  public String importPanel(
      @PathParam("task") String task,
      @QueryParam("mapping") @DefaultValue("") String mapping,
      @QueryParam("name") @DefaultValue("") String name,
      @QueryParam("file") List<String> files,
      InputStream body)
      throws IOException {
    ImportHeader header =
        ImportHeader.newBuilder().setDisplayName(name).setMapping(mapping).build();
    return Json.write(PanelImport.pass(tasks.channel(task), header, parts(files), body));
  }

  private static List<PanelImport.Part> parts(List<String> files) {
    if (files.isEmpty() || files.size() > MAX_FILES) {
      throw new InvalidArgument("file: " + files.size() + " of them; 1 to " + MAX_FILES);
    }
    List<PanelImport.Part> parts = new ArrayList<>();
    for (String file : files) {
      int colon = file.indexOf(':');
      try {
        parts.add(
            new PanelImport.Part(
                file.substring(colon + 1), Long.parseLong(file.substring(0, Math.max(0, colon)))));
      } catch (NumberFormatException wrong) {
        throw new InvalidArgument("file is \"" + file + "\"; its size, a colon and its name");
      }
    }
    return parts;
  }
}
