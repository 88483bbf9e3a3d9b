package io.ilteo.cli.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.TlsChannelCredentials;
import io.ilteo.cli.platform.Home;
import io.ilteo.cli.platform.Platform;
import io.ilteo.cli.platform.PlatformException;
import io.ilteo.cli.platform.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the services are and how to call them. Without settings: this machine's platform, in plain
 * text, as nobody.
 *
 * <p>Each setting stands in the environment or, under the name in brackets, in {@code
 * config.properties}:
 *
 * <ul>
 *   <li>{@code ILTEO_SERVER_TUNER}, {@code …_WAGE}, {@code …_SATISFACTION} [{@code server.tuner}
 *       …]: host:port of a gRPC server elsewhere
 *   <li>{@code ILTEO_CA} [{@code client.ca}]: speak TLS, and trust the CA in this PEM file; {@code
 *       system} for those that the JDK trusts
 *   <li>{@code ILTEO_TOKEN}, or a file with it: {@code ILTEO_TOKEN_FILE} [{@code
 *       client.token-file}]: API token or JWT
 * </ul>
 *
 * Neither plain text nor a token in it ever leaves this machine.
 */
public final class Access {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Map<Service, String> addresses;
  private final Optional<String> authority;
  private final Optional<String> token;

  private Access(
      Map<Service, String> addresses, Optional<String> authority, Optional<String> token) {
    this.addresses = addresses;
    this.authority = authority;
    this.token = token;
  }

  /**
   * Reads the settings.
   *
   * @param environment the process's environment
   * @throws PlatformException if a token cannot be read, or plain text would leave this machine
   */
  public static Access of(Home home, Map<String, String> environment) {
    Platform local = new Platform(home);
    Optional<String> authority = setting(home, environment, "ILTEO_CA", "client.ca");
    Map<Service, String> addresses = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      String variable = "ILTEO_SERVER_" + service.id().toUpperCase(Locale.ROOT);
      Optional<String> elsewhere = setting(home, environment, variable, "server." + service.id());
      elsewhere
          .filter(address -> authority.isEmpty() && !isLoopback(address))
          .ifPresent(
              address -> {
                throw new PlatformException(
                    "%s is %s, which is not this machine; set ILTEO_CA to its CA (a PEM file, or \"system\"): plain text stays on loopback."
                        .formatted(variable, address));
              });
      addresses.put(service, elsewhere.orElseGet(() -> local.address(service)));
    }
    return new Access(addresses, authority, token(home, environment));
  }

  /**
   * Where the settings send the caller, if that is not the platform of this home: e.g. {@code
   * server.tuner is tuner.example.com:443}. Empty if all services are this home's.
   */
  public static Optional<String> elsewhere(Home home, Map<String, String> environment) {
    Platform local = new Platform(home);
    for (Service service : Service.values()) {
      String variable = "ILTEO_SERVER_" + service.id().toUpperCase(Locale.ROOT);
      String property = "server." + service.id();
      Optional<String> set =
          setting(home, environment, variable, property)
              .filter(address -> !address.equals(local.address(service)));
      if (set.isPresent()) {
        return Optional.of(
            (environment.containsKey(variable) ? variable : property) + " is " + set.get());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> setting(
      Home home, Map<String, String> environment, String variable, String property) {
    return Optional.ofNullable(environment.get(variable))
        .or(() -> Optional.ofNullable(home.settings().getProperty(property)))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private static Optional<String> token(Home home, Map<String, String> environment) {
    Optional<String> direct =
        Optional.ofNullable(environment.get("ILTEO_TOKEN"))
            .map(String::strip)
            .filter(value -> !value.isEmpty());
    return direct.or(
        () ->
            setting(home, environment, "ILTEO_TOKEN_FILE", "client.token-file")
                .map(Access::readToken));
  }

  private static String readToken(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException failure) {
      throw new PlatformException("ILTEO_TOKEN_FILE: cannot read " + file);
    }
  }

  private static boolean isLoopback(String address) {
    String host = address.substring(0, Math.max(0, address.lastIndexOf(':')));
    try {
      return !host.isEmpty() && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  /** A lazily connected channel to a service. */
  public ManagedChannel channel(Service service) {
    String address = Objects.requireNonNull(addresses.get(service));
    return Channels.open(address, credentials(), new Authorization(token));
  }

  private ChannelCredentials credentials() {
    if (authority.isEmpty()) {
      return InsecureChannelCredentials.create();
    }
    TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder();
    if (!authority.get().equals("system")) {
      try {
        tls.trustManager(Path.of(authority.get()).toFile());
      } catch (IOException failure) {
        throw new PlatformException("ILTEO_CA: cannot read certificates from " + authority.get());
      }
    }
    return tls.build();
  }

  /** Says with every call who calls. */
  private record Authorization(Optional<String> token) implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
        @Override
        public void start(Listener<A> listener, Metadata headers) {
          token.ifPresent(value -> headers.put(AUTHORIZATION, "Bearer " + value));
          super.start(listener, headers);
        }
      };
    }

    /** Never the token. */
    @Override
    public String toString() {
      return token.isPresent() ? "with a token" : "without a token";
    }
  }
}
