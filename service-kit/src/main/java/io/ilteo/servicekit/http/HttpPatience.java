package io.ilteo.servicekit.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.AttributeKey;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.TimeUnit;

/**
 * Drops HTTP connections whose requests do not come, or come drop by drop.
 *
 * <p>A limit on silence would not do: one byte every few seconds is never silent, and an answer may
 * take minutes to compute. So a connection on which the server has written nothing for {@value
 * #REQUEST_SECONDS} seconds is closed, which bounds all of a request's headers together. While a
 * request is answered that limit rests, and its body must come at a least rate instead, which a
 * large upload over a slow line keeps and a dribble does not.
 */
@ApplicationScoped
public class HttpPatience implements HttpServerOptionsCustomizer {
  /** For a request's first byte, and from there to the end of its headers. */
  static final int REQUEST_SECONDS = 20;

  /** In each such time a body that is not whole must bring {@link #LEAST_BODY_BYTES}. */
  static final int BODY_SECONDS = 30;

  /** A hundredth of what a line of 1 Mbit/s brings in that time. */
  static final long LEAST_BODY_BYTES = 32 << 10;

  /** Before authentication: who is refused has been answered, and the limit is on again. */
  private static final int PRIORITY = 20_000;

  /** Names that Vert.x gives to its handlers. */
  private static final String IDLE = "idle";

  private static final String HANDLER = "handler";

  private static final AttributeKey<Integer> ANSWERING = AttributeKey.valueOf("ilteo-answering");

  private final Vertx vertx;

  HttpPatience(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    patient(options);
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    patient(options);
  }

  private static void patient(HttpServerOptions options) {
    options
        .setIdleTimeout(0)
        .setReadIdleTimeout(0)
        .setWriteIdleTimeout(REQUEST_SECONDS)
        .setIdleTimeoutUnit(TimeUnit.SECONDS);
  }

  void register(@Observes Filters filters) {
    filters.register(this::handle, PRIORITY);
  }

  private void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.connection() instanceof ConnectionBase connection) {
      Channel channel = connection.channel();
      begin(channel);
      context.addEndHandler(ended -> channel.eventLoop().execute(() -> end(channel)));
      Progress progress = new Progress(request);
      long timer =
          vertx.setPeriodic(TimeUnit.SECONDS.toMillis(BODY_SECONDS), tick -> progress.require());
      context.addEndHandler(ended -> vertx.cancelTimer(timer));
    }
    context.next();
  }

  /** How far a request's body has come. */
  private static final class Progress {
    private final HttpServerRequest request;
    private long bytesBefore;

    Progress(HttpServerRequest request) {
      this.request = request;
    }

    /** Closes the connection of a body that has hardly come on since the last time. */
    void require() {
      long bytes = request.bytesRead();
      if (!request.isEnded() && bytes - bytesBefore < LEAST_BODY_BYTES) {
        request.connection().close();
      }
      bytesBefore = bytes;
    }
  }

  /** On the channel's event loop; HTTP/2 answers several requests of one connection at a time. */
  private static void begin(Channel channel) {
    int before = count(channel);
    channel.attr(ANSWERING).set(before + 1);
    if (before == 0 && channel.pipeline().get(IDLE) != null) {
      channel.pipeline().remove(IDLE);
    }
  }

  private static void end(Channel channel) {
    int left = count(channel) - 1;
    channel.attr(ANSWERING).set(left);
    ChannelPipeline pipeline = channel.pipeline();
    if (left == 0 && channel.isActive() && pipeline.get(IDLE) == null) {
      IdleStateHandler idle = new IdleStateHandler(0, REQUEST_SECONDS, 0, TimeUnit.SECONDS);
      if (pipeline.get(HANDLER) != null) {
        pipeline.addBefore(HANDLER, IDLE, idle);
      }
    }
  }

  private static int count(Channel channel) {
    Integer count = channel.attr(ANSWERING).get();
    return count == null ? 0 : count;
  }
}
