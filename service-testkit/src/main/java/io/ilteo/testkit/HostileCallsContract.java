package io.ilteo.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.stub.MetadataUtils;
import io.ilteo.proto.security.v1.CreateTokenRequest;
import io.ilteo.proto.security.v1.Role;
import io.ilteo.proto.security.v1.TokenServiceGrpc;
import io.quarkus.grpc.runtime.GrpcServerRecorder;
import io.quarkus.grpc.runtime.GrpcServerRecorder.GrpcServiceDefinition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every method and route of a server against callers who may not, and against bytes that mean
 * nothing. Runs on a server in the surroundings of {@link SecuredService}.
 */
public abstract class HostileCallsContract {
  /** How many broken bodies; 10,000 over the three services with {@code -Dfuzz.bodies=10000}. */
  private static final int BODIES = Integer.getInteger("fuzz.bodies", 600) / 3;

  private static final long SEED = 20_260_101;
  private static final String UNSIGNED_JWT = "eyJhbGciOiJub25lIn0.eyJyb2xlcyI6WyJhZG1pbiJdfQ.";
  private static final int MAX_GROWTH_MEBIBYTES = 128;

  /** Long ago, and the same in every test: making the same token again is no conflict. */
  private static final long EXPIRED_SECONDS = 1_767_225_600;

  private static final int HTTP2_SETTINGS = 4;
  private static final int MAX_CONCURRENT_STREAMS = 3;

  /** Whose fault the server would be: none of the broken bodies may lead to these. */
  private static final Set<Status.Code> OUR_FAULT =
      Set.of(
          Status.Code.INTERNAL,
          Status.Code.UNKNOWN,
          Status.Code.DATA_LOSS,
          // A call that hangs until its deadline.
          Status.Code.DEADLINE_EXCEEDED);

  private @Nullable ManagedChannel open;

  /** Names of methods that change nothing, beginning so: viewers may call them. */
  protected abstract List<String> reading();

  /** Its HTTP routes but health, each as method and path. */
  protected abstract List<String> routes();

  @BeforeEach
  void connect() throws IOException {
    open = client().channel(grpcPort());
  }

  @AfterEach
  void disconnect() {
    channel().shutdownNow();
  }

  private ManagedChannel channel() {
    if (open == null) {
      throw new IllegalStateException("not connected");
    }
    return open;
  }

  /** Trusts the CA of the server's certificate. */
  private static TlsClient client() {
    return new TlsClient(setting("ilteo.tls.client-ca", Path.class));
  }

  private static int grpcPort() {
    return setting("quarkus.grpc.server.test-port", Integer.class);
  }

  private static int httpsPort() {
    return setting("quarkus.http.test-ssl-port", Integer.class);
  }

  /** A setting of the server under test, which runs in this process. */
  private static <T> T setting(String name, Class<T> type) {
    return ConfigProvider.getConfig().getValue(name, type);
  }

  /** All methods of Ilteo's and of the Open Inference Protocol, streaming ones too. */
  private static List<MethodDescriptor<?, ?>> methods() {
    List<MethodDescriptor<?, ?>> methods = new ArrayList<>();
    for (GrpcServiceDefinition service : GrpcServerRecorder.getServices()) {
      service.definition.getServiceDescriptor().getMethods().stream()
          .filter(method -> method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier)
          .filter(method -> !method.getFullMethodName().startsWith("grpc."))
          .forEach(methods::add);
    }
    assertThat(methods).hasSizeGreaterThan(20);
    assertThat(methods)
        .extracting(MethodDescriptor::getType)
        .contains(MethodDescriptor.MethodType.UNARY, MethodDescriptor.MethodType.SERVER_STREAMING);
    // The container gives services in no order; the same seed should send the same bodies.
    methods.sort(Comparator.comparing(MethodDescriptor::getFullMethodName));
    return methods;
  }

  private Status call(MethodDescriptor<?, ?> method, @Nullable String token, byte[]... bodies) {
    return new RawCalls(channel()).call(method, token, List.of(bodies));
  }

  @Test
  void noMethodIsOpenToStrangers() {
    String expired = expired();
    for (MethodDescriptor<?, ?> method : methods()) {
      for (String token :
          new String[] {null, Tokens.token("000000000003", 9), expired, UNSIGNED_JWT, "x"}) {
        assertThat(call(method, token, new byte[0]).getCode())
            .as("%s with %s", method.getFullMethodName(), token)
            .isEqualTo(Status.Code.UNAUTHENTICATED);
      }
    }
  }

  @Test
  void viewersChangeNothing() {
    int refused = 0;
    for (MethodDescriptor<?, ?> method : methods()) {
      boolean isTokens = method.getFullMethodName().contains("TokenService");
      String name = String.valueOf(method.getBareMethodName());
      if (isTokens || reading().stream().noneMatch(name::startsWith)) {
        assertThat(call(method, Tokens.VIEWER, new byte[0]).getCode())
            .as(method.getFullMethodName())
            .isEqualTo(Status.Code.PERMISSION_DENIED);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(10);
  }

  @Test
  void operatorsNeitherDeleteNorPromoteNorMakeTokens() {
    int refused = 0;
    for (MethodDescriptor<?, ?> method : methods()) {
      String name = String.valueOf(method.getBareMethodName());
      if (name.startsWith("Delete")
          || name.startsWith("Promote")
          || name.endsWith("Alias")
          || method.getFullMethodName().contains("TokenService")) {
        assertThat(call(method, Tokens.OPERATOR, new byte[0]).getCode())
            .as(method.getFullMethodName())
            .isEqualTo(Status.Code.PERMISSION_DENIED);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(4);
  }

  @Test
  void brokenBodiesAreTheirSendersFault() {
    Random random = new Random(SEED);
    List<MethodDescriptor<?, ?>> methods = methods();
    Map<Status.Code, Integer> ends = new EnumMap<>(Status.Code.class);
    long before = usedMebibytes();
    for (int i = 0; i < BODIES; i++) {
      MethodDescriptor<?, ?> method = methods.get(i % methods.size());
      byte[] body = Fuzz.body(method, random);
      Status status = call(method, Tokens.ADMIN, body);
      ends.merge(status.getCode(), 1, Integer::sum);
      String sent = "body %d of seed %d to %s".formatted(i, SEED, method.getFullMethodName());
      assertThat(status.getCode()).as("%s: %s", sent, status).isNotIn(OUR_FAULT);
      if (!isMessage(method, body)) {
        assertThat(status.getCode()).as(sent).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).as(sent).startsWith("the body is no " + taken(method));
      }
    }
    assertThat(ends).containsKey(Status.Code.INVALID_ARGUMENT);
    assertThat(call(methods.getFirst(), null, new byte[0]).getCode())
        .isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(usedMebibytes() - before).as("MiB kept").isLessThan(MAX_GROWTH_MEBIBYTES);
  }

  /** Full name of the message that a method takes. */
  private static String taken(MethodDescriptor<?, ?> method) {
    return method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier proto
        ? proto.getMethodDescriptor().getInputType().getFullName()
        : method.getFullMethodName();
  }

  private static long usedMebibytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
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
  void oversizedMessagesAreRefusedBeforeTheyAreRead() {
    for (MethodDescriptor<?, ?> method : methods()) {
      if (method.getType() == MethodDescriptor.MethodType.UNARY) {
        Status status = call(method, Tokens.ADMIN, new byte[17 << 20]);
        assertThat(status.getCode())
            .as(method.getFullMethodName())
            .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        return;
      }
    }
  }

  @Test
  void malformedFramesEndTheirConnectionOnly() throws IOException, GeneralSecurityException {
    Random random = new Random(SEED);
    byte[] preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    for (int round = 0; round < 8; round++) {
      try (SSLSocket socket = client().socket(grpcPort(), "h2")) {
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(30));
        if (round % 2 == 0) {
          socket.getOutputStream().write(preface);
        }
        byte[] noise = new byte[4_096];
        random.nextBytes(noise);
        socket.getOutputStream().write(noise);
        socket.getOutputStream().flush();
        assertThat(endsWithin(socket)).as("round %d", round).isTrue();
      }
    }
    assertThat(call(methods().getFirst(), null, new byte[0]).getCode())
        .isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  private static boolean endsWithin(SSLSocket socket) {
    try {
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[1_024];
      int n = 0;
      while (n >= 0) {
        n = in.read(buffer);
      }
      return true;
    } catch (java.net.SocketTimeoutException stillOpen) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void connectionHoldsOnlySoManyStreams() throws IOException, GeneralSecurityException {
    try (SSLSocket socket = client().socket(grpcPort(), "h2")) {
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(30));
      socket
          .getOutputStream()
          .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(new byte[] {0, 0, 0, HTTP2_SETTINGS, 0, 0, 0, 0, 0});
      socket.getOutputStream().flush();
      var in = new java.io.DataInputStream(socket.getInputStream());
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      assertThat(in.readUnsignedByte()).isEqualTo(HTTP2_SETTINGS);
      in.readNBytes(5);
      long streams = Long.MAX_VALUE;
      for (int read = 0; read < length; read += 6) {
        int setting = in.readUnsignedShort();
        long value = Integer.toUnsignedLong(in.readInt());
        streams = setting == MAX_CONCURRENT_STREAMS ? value : streams;
      }
      assertThat(streams).isBetween(1L, 1_000L);
    }
  }

  @Test
  void noRouteIsOpenToStrangersAndViewersChangeNothing() throws Exception {
    String expired = expired();
    try (HttpClient http = client().http()) {
      for (String route : routes()) {
        for (String token :
            new String[] {null, Tokens.token("000000000003", 9), expired, UNSIGNED_JWT, "x"}) {
          assertThat(send(http, route, token, "{}").status())
              .as("%s with %s", route, token)
              .isEqualTo(401);
        }
        Answer viewed = send(http, route, Tokens.VIEWER, "{}");
        if (route.startsWith("GET ")) {
          assertThat(viewed.status()).as(route + viewed.body()).isNotIn(401, 403);
        }
        assertThat(viewed.status()).as(route + viewed.body()).isLessThan(500);
      }
    }
  }

  @Test
  void malformedAndOversizedBodiesAreTheirSendersFault() throws Exception {
    try (HttpClient http = client().http()) {
      List<String> changing = routes().stream().filter(each -> !each.startsWith("GET ")).toList();
      for (String route : changing) {
        for (String body : List.of("", "{", "[]", "null", "\"\0\"", "{\"name\": 1e999}", "일터")) {
          Answer answer = send(http, route, Tokens.ADMIN, body);
          assertThat(answer.status())
              .as("%s with %s: %s", route, body, answer.body())
              .isLessThan(500);
        }
        assertThatIsRefused(http, route, "{\"name\":\"" + "x".repeat(11 << 20) + "\"}");
      }
      assertThat(send(http, "GET /q/health/live", null, "").status()).isEqualTo(200);
    }
  }

  /** By a status, or by closing the connection while the body still comes. */
  private void assertThatIsRefused(HttpClient http, String route, String body)
      throws InterruptedException {
    int status;
    try {
      status = send(http, route, Tokens.ADMIN, body).status();
    } catch (IOException closed) {
      return;
    }
    assertThat(status).as(route).isBetween(400, 499);
  }

  /** What was answered; of a stream or a file the status alone. */
  private record Answer(int status, String body) {}

  private Answer send(HttpClient http, String route, @Nullable String token, String body)
      throws IOException, InterruptedException {
    String[] parts = route.split(" ", 2);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + httpsPort() + parts[1]))
            .version(HttpClient.Version.HTTP_1_1)
            .header("Content-Type", "application/json")
            .method(
                parts[0],
                parts[0].equals("GET")
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      byte[] pair = ("anybody:" + token).getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
    HttpResponse<InputStream> answer =
        http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = answer.body()) {
      int status = answer.statusCode();
      return new Answer(
          status, status < 400 ? "" : new String(in.readNBytes(4_096), StandardCharsets.UTF_8));
    }
  }

  /** A token of an admin whose time is over. */
  private String expired() {
    String token = Tokens.token("0000000000e0", 8);
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
        "Bearer " + Tokens.ADMIN);
    CreateTokenRequest.Builder create =
        CreateTokenRequest.newBuilder()
            .setId("0000000000e0")
            .setName("late")
            .setRole(Role.ROLE_ADMIN)
            .setSecretSha256(ByteString.copyFrom(Tokens.secretSha256(token)))
            .setExpireTime(Timestamp.newBuilder().setSeconds(EXPIRED_SECONDS));
    TokenServiceGrpc.newBlockingStub(channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
        .withDeadlineAfter(30, TimeUnit.SECONDS)
        .createToken(create.build());
    return token;
  }
}
