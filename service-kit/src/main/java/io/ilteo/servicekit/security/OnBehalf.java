package io.ilteo.servicekit.security;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.Optional;

/**
 * Tells the next service for whom this one calls, so that its record names the person and not the
 * tuner. Believed only from callers known by a certificate; it changes the name, never the role.
 */
public final class OnBehalf implements ClientInterceptor {
  private static final Metadata.Key<String> HEADER =
      Metadata.Key.of("ilteo-on-behalf-of-bin", new Utf8());
  private static final int MAX_LENGTH = 256;

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    Caller caller = Caller.current();
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        // Work of the service's own, such as dispatching trials, is in its own name.
        if (!caller.equals(Caller.LOCAL)) {
          headers.put(HEADER, caller.name());
        }
        super.start(listener, headers);
      }
    };
  }

  /** For whom {@code peer}, a service known by its certificate, calls. */
  static Caller of(Caller peer, Metadata headers) {
    return Optional.ofNullable(headers.get(HEADER))
        .filter(name -> !name.isBlank() && name.length() <= MAX_LENGTH)
        .map(name -> new Caller(name, peer.role()))
        .orElse(peer);
  }

  /** Names may be Korean; plain headers are ASCII. */
  private static final class Utf8 implements Metadata.BinaryMarshaller<String> {
    @Override
    public byte[] toBytes(String value) {
      return value.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public String parseBytes(byte[] serialized) {
      return new String(serialized, java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
