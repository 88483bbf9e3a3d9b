package io.ilteo.servicekit.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** Says why a server must not be started as it is configured. */
final class SafeBinding {
  private static final List<String> HOSTS =
      List.of("quarkus.http.host", "quarkus.grpc.server.host");

  private SafeBinding() {}

  /** One line for a person; empty if all is well. */
  static String refusal(Config config, boolean hasTls, AuthConfig auth) {
    if (auth.jwks().isPresent() && (auth.issuer().isEmpty() || auth.audience().isEmpty())) {
      return "ILTEO_AUTH_JWKS needs ILTEO_AUTH_ISSUER and ILTEO_AUTH_AUDIENCE: without them a token"
          + " made for somebody else would be accepted.";
    }
    if (auth.jwks().filter(place -> place.startsWith("http://")).isPresent()) {
      return "ILTEO_AUTH_JWKS is a plain http address; keys must come from https or a file.";
    }
    for (String property : HOSTS) {
      String host = config.getOptionalValue(property, String.class).orElse("0.0.0.0");
      if (isLoopback(host)) {
        continue;
      }
      if (!hasTls) {
        return "%s is %s, which others than this machine can reach, without TLS; set"
                .formatted(property, host)
            + " ILTEO_TLS_CERTIFICATE and ILTEO_TLS_KEY, or bind to 127.0.0.1.";
      }
      if (!auth.isOn()) {
        return "%s is %s, which others than this machine can reach, without authentication; set"
                .formatted(property, host)
            + " ILTEO_AUTH_TOKENS or ILTEO_AUTH_JWKS, or bind to 127.0.0.1.";
      }
    }
    return "";
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }
}
