package io.ilteo.servicekit.grpc;

import io.grpc.netty.NettyServerBuilder;
import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.vertx.grpc.VertxServerBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what a connection to the gRPC server may cost, whoever opened it.
 *
 * <p>A connection that has not spoken HTTP/2 soon is dropped, however slowly it dribbles; so is one
 * without a call; so is one whose client is gone without a word, and with it the call that it held
 * open.
 */
@ApplicationScoped
public class BoundedServer implements ServerBuilderCustomizer<VertxServerBuilder> {
  /** From the first byte to the end of the HTTP/2 preface, TLS included. */
  static final int HANDSHAKE_SECONDS = 10;

  /** Without a call. */
  static final int IDLE_SECONDS = 300;

  /** Calls at a time on one connection; others wait in the client. */
  static final int MAX_CALLS_PER_CONNECTION = 1_000;

  /** Of one call: its token, and what proxies add. */
  static final int MAX_METADATA_BYTES = 16 << 10;

  /** A silent client is asked whether it is there; one that does not answer in time is gone. */
  private static final int KEEP_ALIVE_SECONDS = 30;

  private static final int KEEP_ALIVE_ANSWER_SECONDS = 20;

  /** Clients that ask more often are sent away. */
  private static final int PERMITTED_KEEP_ALIVE_SECONDS = 10;

  @Override
  public void customize(GrpcServerConfiguration config, VertxServerBuilder builder) {
    NettyServerBuilder netty = builder.nettyBuilder();
    netty
        .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
        .maxConnectionIdle(IDLE_SECONDS, TimeUnit.SECONDS)
        .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
        .maxInboundMetadataSize(MAX_METADATA_BYTES)
        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(KEEP_ALIVE_ANSWER_SECONDS, TimeUnit.SECONDS)
        .permitKeepAliveTime(PERMITTED_KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true);
  }
}
