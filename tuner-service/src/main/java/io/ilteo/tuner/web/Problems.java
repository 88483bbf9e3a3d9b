package io.ilteo.tuner.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.Response;

/** Writes problem JSON (RFC 9457). */
final class Problems {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Problems() {}

  static Response answer(int status, String title, String detail) {
    ObjectNode problem = MAPPER.createObjectNode();
    problem.put("title", title);
    problem.put("status", status);
    problem.put("detail", detail);
    return Response.status(status)
        .type("application/problem+json")
        .entity(problem.toString())
        .build();
  }
}
