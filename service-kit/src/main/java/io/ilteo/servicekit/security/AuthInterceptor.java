package io.ilteo.servicekit.security;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.ilteo.servicekit.error.DomainException;
import io.ilteo.servicekit.error.GrpcStatuses;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Objects;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Lets a call through if its caller has the role that {@link RpcRoles} asks for. */
@GlobalInterceptor
@ApplicationScoped
public class AuthInterceptor implements ServerInterceptor, Prioritized {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Gate gate;

  AuthInterceptor(Gate gate) {
    this.gate = gate;
  }

  @Override
  public int getPriority() {
    return 1_000;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String method = call.getMethodDescriptor().getFullMethodName();
    if (!gate.isOn() || RpcRoles.isPublic(method)) {
      return next.startCall(call, headers);
    }
    try {
      String authorization = Objects.requireNonNullElse(headers.get(AUTHORIZATION), "");
      Caller caller =
          gate.authenticator().caller(authorization, certificateName(call), address(call));
      gate.authenticator().require(caller, RpcRoles.needed(method), method);
      // Without a token only a service's certificate is let in.
      Caller named = authorization.isEmpty() ? OnBehalf.of(caller, headers) : caller;
      return Contexts.interceptCall(
          Context.current().withValue(Caller.KEY, named), call, headers, next);
    } catch (DomainException refused) {
      call.close(GrpcStatuses.of(refused), new Metadata());
      return new ServerCall.Listener<>() {};
    }
  }

  private static String address(ServerCall<?, ?> call) {
    return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)
            instanceof InetSocketAddress remote
        ? remote.getAddress().getHostAddress()
        : "";
  }

  /** Common name of the certificate that the TLS handshake verified; empty without one. */
  private static String certificateName(ServerCall<?, ?> call) {
    SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    if (session == null) {
      return "";
    }
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate certificate
          ? commonName(certificate)
          : "";
    } catch (SSLPeerUnverifiedException anonymous) {
      return "";
    }
  }

  private static String commonName(X509Certificate certificate) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .filter(part -> part.getType().equalsIgnoreCase("CN"))
              .map(part -> String.valueOf(part.getValue()))
              .findFirst()
              .orElse("");
    } catch (InvalidNameException malformed) {
      return "";
    }
  }
}
