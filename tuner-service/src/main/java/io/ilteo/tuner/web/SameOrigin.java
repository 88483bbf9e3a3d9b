package io.ilteo.tuner.web;

import io.ilteo.servicekit.error.DomainException.PermissionDenied;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.Set;

/**
 * Refuses changes that another site's page asks for (cross-site request forgery). A change must
 * carry a header that a foreign page cannot set without a preflight, which nobody answers, and
 * where the browser tells its origin, that must be this host.
 */
@Provider
public class SameOrigin implements ContainerRequestFilter {
  static final String HEADER = "X-Ilteo-Request";
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  @Override
  public void filter(ContainerRequestContext request) {
    if (READS.contains(request.getMethod())) {
      return;
    }
    if (request.getHeaderString(HEADER) == null) {
      throw new PermissionDenied("a change needs the header " + HEADER);
    }
    String site = request.getHeaderString("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin")) {
      throw new PermissionDenied("a page of another site may change nothing here");
    }
    String origin = request.getHeaderString("Origin");
    if (origin != null && !sameHost(origin, request.getHeaderString("Host"))) {
      throw new PermissionDenied("origin \"" + origin + "\" is not this host");
    }
  }

  private static boolean sameHost(String origin, String host) {
    try {
      return URI.create(origin).getAuthority() != null
          && URI.create(origin).getAuthority().equalsIgnoreCase(host);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
