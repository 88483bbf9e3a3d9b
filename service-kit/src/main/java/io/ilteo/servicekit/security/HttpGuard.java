package io.ilteo.servicekit.security;

import io.ilteo.servicekit.error.DomainException;
import io.ilteo.servicekit.error.DomainException.PermissionDenied;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * Authenticates every HTTP route but health: {@code Bearer} for programs, {@code Basic} for
 * browsers, whose password is the API token or JWT. Refuses changes that another site's page makes
 * a browser send, authenticated or not.
 */
@ApplicationScoped
public class HttpGuard {
  /** Before every other filter. */
  private static final int PRIORITY = 10_000;

  private static final String CALLER = "ilteo-caller";

  /** Where a service offers its contracts to browsers: {@code /api/call/SERVICE/METHOD}. */
  private static final String CALLS = "/api/call/";

  private final Gate gate;

  HttpGuard(Gate gate) {
    this.gate = gate;
  }

  void register(@Observes Filters filters) {
    filters.register(this::handle, PRIORITY);
  }

  /** Who makes a request that has passed. */
  public static Caller caller(RoutingContext context) {
    return Objects.requireNonNullElse(context.get(CALLER), Caller.LOCAL);
  }

  private void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    try {
      if (isChange(request.method())) {
        refuseForeignPages(request);
      }
      if (gate.isOn() && !isPublic(request.path())) {
        Authenticator authenticator = gate.authenticator();
        Caller caller =
            authenticator.caller(
                bearer(Objects.requireNonNullElse(request.getHeader("Authorization"), "")),
                "",
                request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress());
        authenticator.require(
            caller,
            needed(request.method(), request.path()),
            request.method() + " " + request.path());
        context.put(CALLER, caller);
      }
    } catch (DomainException refused) {
      refuse(context, refused);
      return;
    }
    context.next();
  }

  private static boolean isPublic(String path) {
    return path.equals("/q/health") || path.startsWith("/q/health/");
  }

  private static boolean isChange(HttpMethod method) {
    return !method.equals(HttpMethod.GET)
        && !method.equals(HttpMethod.HEAD)
        && !method.equals(HttpMethod.OPTIONS);
  }

  /** A call of a contract's method by way of HTTP needs what the method needs. */
  private static Role needed(HttpMethod method, String path) {
    if (path.startsWith(CALLS)) {
      return RpcRoles.needed(path.substring(CALLS.length()));
    }
    if (method.equals(HttpMethod.DELETE)) {
      return Role.ADMIN;
    }
    return isChange(method) ? Role.OPERATOR : Role.VIEWER;
  }

  /** Cross-site request forgery: browsers say where a request comes from, programs say nothing. */
  private static void refuseForeignPages(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader("Origin");
    boolean foreign =
        site != null
            ? !site.equals("same-origin") && !site.equals("none")
            : origin != null
                && !origin.replaceFirst("^https?://", "").equals(request.getHeader("Host"));
    if (foreign) {
      throw new PermissionDenied("a page of another site may not change anything here");
    }
  }

  /** {@code Basic} as {@code Bearer}: the password is the token, the user name is not looked at. */
  private static String bearer(String authorization) {
    if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return authorization;
    }
    try {
      String pair =
          new String(
              Base64.getDecoder().decode(authorization.substring(6).strip()),
              StandardCharsets.UTF_8);
      return "Bearer " + pair.substring(pair.indexOf(':') + 1);
    } catch (IllegalArgumentException malformed) {
      return "";
    }
  }

  private static void refuse(RoutingContext context, DomainException refused) {
    int status =
        switch (refused) {
          case DomainException.Unauthenticated e -> 401;
          case DomainException.PermissionDenied e -> 403;
          case DomainException.ResourceExhausted e -> 429;
          default -> 503;
        };
    if (status == 401) {
      context.response().putHeader("WWW-Authenticate", "Basic realm=\"Ilteo: token as password\"");
    }
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .end(new JsonObject().put("status", status).put("detail", refused.getMessage()).encode());
  }
}
