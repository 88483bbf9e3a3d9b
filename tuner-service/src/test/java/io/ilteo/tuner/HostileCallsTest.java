package io.ilteo.tuner;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.ilteo.proto.security.v1.CreateTokenRequest;
import io.ilteo.proto.security.v1.Role;
import io.ilteo.proto.security.v1.TokenServiceGrpc;
import io.quarkus.grpc.GrpcService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every method of the server against callers who may not, and against bytes that mean nothing. */
@QuarkusTest
@TestProfile(SecureServerTest.Secured.class)
@QuarkusTestResource(value = SecureServerTest.Surroundings.class, restrictToAnnotatedClass = true)
class HostileCallsTest {
  /** How many broken bodies; 10,000 with {@code -Dfuzz.bodies=10000}. */
  private static final int BODIES = Integer.getInteger("fuzz.bodies", 600);

  private static final long SEED = 20_260_101;
  private static final int TRIES = 100;

  /** Whose fault the server would be: none of the broken bodies may lead to these. */
  private static final Set<Status.Code> OUR_FAULT =
      Set.of(Status.Code.INTERNAL, Status.Code.UNKNOWN, Status.Code.DATA_LOSS);

  @Inject
  @ConfigProperty(name = "ilteo.tls.client-ca")
  Path authority;

  @ConfigProperty(name = "quarkus.grpc.server.test-port")
  int grpcPort;

  @Inject @GrpcService Instance<BindableService> services;

  private ManagedChannel channel;

  /** Sends and receives bytes as they are. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  @BeforeEach
  void connect() throws IOException {
    channel =
        NettyChannelBuilder.forAddress(
                "localhost",
                grpcPort,
                TlsChannelCredentials.newBuilder().trustManager(authority.toFile()).build())
            .build();
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
  }

  /** The unary methods of Ilteo's own services. */
  private List<MethodDescriptor<?, ?>> methods() {
    List<MethodDescriptor<?, ?>> methods = new ArrayList<>();
    for (BindableService service : services) {
      service.bindService().getServiceDescriptor().getMethods().stream()
          .filter(method -> method.getFullMethodName().startsWith("ilteo."))
          .filter(method -> method.getType() == MethodDescriptor.MethodType.UNARY)
          .filter(method -> method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier)
          .forEach(methods::add);
    }
    assertThat(methods).hasSizeGreaterThan(30);
    // The container gives services in no order; the same seed should send the same bodies.
    methods.sort(Comparator.comparing(MethodDescriptor::getFullMethodName));
    return methods;
  }

  private Status call(MethodDescriptor<?, ?> method, @Nullable String token, byte[] body) {
    MethodDescriptor<byte[], byte[]> raw =
        MethodDescriptor.newBuilder(new Bytes(), new Bytes())
            .setFullMethodName(method.getFullMethodName())
            .setType(MethodDescriptor.MethodType.UNARY)
            .build();
    Metadata headers = new Metadata();
    if (token != null) {
      headers.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    }
    try {
      ClientCalls.blockingUnaryCall(
          io.grpc.ClientInterceptors.intercept(
              channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
          raw,
          CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS),
          body);
      return Status.OK;
    } catch (StatusRuntimeException ended) {
      return ended.getStatus();
    }
  }

  /** As {@link #call}, but waits while refused attempts from this address are not looked at. */
  private Status patient(MethodDescriptor<?, ?> method, @Nullable String token) {
    return patient(method, token, new byte[0]);
  }

  private Status patient(MethodDescriptor<?, ?> method, @Nullable String token, byte[] body) {
    for (int tries = 1; ; tries++) {
      Status status = call(method, token, body);
      String said = String.valueOf(status.getDescription());
      if (tries == TRIES || !said.contains("too many refused attempts")) {
        return status;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  @Test
  void noMethodIsOpenToStrangers() {
    String expired = expired();
    for (MethodDescriptor<?, ?> method : methods()) {
      for (String token :
          new String[] {
            null,
            SecureServerTest.token("000000000003", 9),
            expired,
            "eyJhbGciOiJub25lIn0.eyJyb2xlcyI6WyJhZG1pbiJdfQ."
          }) {
        assertThat(patient(method, token).getCode())
            .as(method.getFullMethodName())
            .isEqualTo(Status.Code.UNAUTHENTICATED);
      }
    }
  }

  @Test
  void viewersChangeNothing() {
    List<String> reading = List.of("Get", "List", "Watch", "Replay", "Generate");
    int refused = 0;
    for (MethodDescriptor<?, ?> method : methods()) {
      String name = String.valueOf(method.getBareMethodName());
      boolean reads =
          reading.stream().anyMatch(name::startsWith)
              && !method.getFullMethodName().contains("TokenService");
      if (!reads) {
        assertThat(patient(method, SecureServerTest.VIEWER).getCode())
            .as(method.getFullMethodName())
            .isEqualTo(Status.Code.PERMISSION_DENIED);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(12);
  }

  @Test
  void brokenBodiesAreTheirSendersFault() {
    Random random = new Random(SEED);
    List<MethodDescriptor<?, ?>> methods = methods();
    Map<Status.Code, Integer> ends = new EnumMap<>(Status.Code.class);
    for (int i = 0; i < BODIES; i++) {
      MethodDescriptor<?, ?> method = methods.get(i % methods.size());
      byte[] body = Fuzz.body(method, random);
      Status status = patient(method, SecureServerTest.ADMIN, body);
      ends.merge(status.getCode(), 1, Integer::sum);
      if (isMessage(method, body)) {
        assertThat(status.getCode())
            .as("body %d of seed %d to %s: %s", i, SEED, method.getFullMethodName(), status)
            .isNotIn(OUR_FAULT);
      } else {
        // gRPC's own answer, given before any of our code sees the call.
        assertThat(status.getDescription()).isEqualTo("Application error processing RPC");
      }
    }
    assertThat(ends).containsKey(Status.Code.INVALID_ARGUMENT);
    assertThat(patient(methods.getFirst(), null).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  private static boolean isMessage(MethodDescriptor<?, ?> method, byte[] body) {
    try {
      method.parseRequest(new ByteArrayInputStream(body));
      return true;
    } catch (StatusRuntimeException noMessage) {
      return false;
    }
  }

  @Test
  void oversizedMessageIsRefusedBeforeItIsRead() {
    Status status = patient(methods().getFirst(), SecureServerTest.ADMIN, new byte[9 << 20]);
    assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(status.getDescription()).doesNotContain("too many");
  }

  private String expired() {
    String token = SecureServerTest.token("0000000000e0", 8);
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
        "Bearer " + SecureServerTest.ADMIN);
    TokenServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
        .withDeadlineAfter(30, TimeUnit.SECONDS)
        .createToken(
            CreateTokenRequest.newBuilder()
                .setId("0000000000e0")
                .setName("late")
                .setRole(Role.ROLE_ADMIN)
                .setSecretSha256(ByteString.copyFrom(SecureServerTest.secretSha256(token)))
                .setExpireTime(
                    Timestamp.newBuilder().setSeconds(Instant.now().getEpochSecond() - 60))
                .build());
    return token;
  }
}
