package io.ilteo.cli.client;

import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;

/** Opens channels to the services. */
public final class Channels {
  // Reports and panels' descriptions are the largest answers.
  private static final int MAX_ANSWER_BYTES = 32 << 20;

  private Channels() {}

  /** A channel without TLS: for loopback addresses. */
  public static ManagedChannel plaintext(String address) {
    return open(address, InsecureChannelCredentials.create());
  }

  /** A channel over which every call passes {@code interceptors}. */
  static ManagedChannel open(
      String address, ChannelCredentials credentials, ClientInterceptor... interceptors) {
    return NettyChannelBuilder.forTarget("dns:///" + address, credentials)
        .intercept(interceptors)
        .maxInboundMessageSize(MAX_ANSWER_BYTES)
        .build();
  }
}
