package io.ilteo.tuner;

import static org.assertj.core.api.Assertions.assertThat;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.ManagedChannel;
import io.ilteo.testkit.TlsClient;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Connections that are opened and dribbled, byte by byte, so that they are never silent. All at
 * once, since each takes as long as its limit. The limits are the service kit's, the same in every
 * service.
 */
@QuarkusTest
@Tag("quarkus")
@TestProfile(SecureServerTest.Secured.class)
class SlowCallersTest {
  /** The longest limit is 30 s; the rest is for a machine with much else to do. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int DRIP_MILLIS = 500;
  private static final int CONNECTIONS_OF_A_KIND = 20;
  private static final String REQUEST = "GET /q/health HTTP/1.1\r\nHost: localhost\r\n";
  private static final String WITH_BODY =
      "POST /api/studies HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\n{";

  @Inject
  @ConfigProperty(name = "ilteo.tls.client-ca")
  Path authority;

  @ConfigProperty(name = "quarkus.grpc.server.test-port")
  int grpcPort;

  @ConfigProperty(name = "quarkus.http.test-ssl-port")
  int httpsPort;

  /** One slow connection. */
  private final class Slow {
    private final String kind;
    private final Socket socket;
    private final long openedNanos = System.nanoTime();
    private long endedNanos;

    Slow(String kind, Socket socket, String begin) throws IOException {
      this.kind = kind;
      this.socket = socket;
      socket.setSoTimeout(1);
      socket.getOutputStream().write(begin.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    }

    /** Sends one byte more; notes the end if the server has closed. */
    void drip() {
      if (endedNanos != 0) {
        return;
      }
      try {
        socket.getOutputStream().write('x');
        socket.getOutputStream().flush();
        InputStream in = socket.getInputStream();
        byte[] answer = new byte[512];
        while (in.read(answer) >= 0) {
          // An answer such as 401 is not the end of the connection.
        }
        endedNanos = System.nanoTime();
      } catch (SocketTimeoutException stillOpen) {
        // Dripped on.
      } catch (IOException closed) {
        endedNanos = System.nanoTime();
      }
    }

    boolean isOpen() {
      return endedNanos == 0;
    }

    double seconds() {
      return (endedNanos - openedNanos) / 1e9;
    }
  }

  @Test
  void dribblingConnectionsAreDroppedWhileOthersAreAnswered() throws Exception {
    TlsClient client = new TlsClient(authority);
    List<Slow> slow = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS_OF_A_KIND; i++) {
      // The first bytes of a TLS record that never becomes whole.
      slow.add(new Slow("grpc handshake", new Socket("localhost", grpcPort), "\u0016\u0003\u0001"));
      slow.add(
          new Slow("http handshake", new Socket("localhost", httpsPort), "\u0016\u0003\u0001"));
    }
    for (int i = 0; i < 3; i++) {
      slow.add(new Slow("grpc preface", client.socket(grpcPort, "h2"), "PRI * "));
      slow.add(new Slow("http headers", client.socket(httpsPort, "http/1.1"), REQUEST + "X: "));
      slow.add(new Slow("http body", client.socket(httpsPort, "http/1.1"), WITH_BODY));
    }
    ManagedChannel channel = client.channel(grpcPort);
    try {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (slow.stream().anyMatch(Slow::isOpen) && System.nanoTime() < end) {
        slow.forEach(Slow::drip);
        assertThat(
                HealthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(5, TimeUnit.SECONDS)
                    .check(HealthCheckRequest.getDefaultInstance())
                    .getStatus())
            .isEqualTo(ServingStatus.SERVING);
        TimeUnit.MILLISECONDS.sleep(DRIP_MILLIS);
      }
    } finally {
      channel.shutdownNow();
      for (Slow each : slow) {
        each.socket.close();
      }
    }
    Map<String, List<Double>> ended = new TreeMap<>();
    slow.forEach(
        each -> ended.computeIfAbsent(each.kind, kind -> new ArrayList<>()).add(each.seconds()));
    assertThat(slow).as(ended.toString()).noneMatch(Slow::isOpen);
  }
}
