package io.ilteo.tuner;

import static io.ilteo.testkit.Tokens.ADMIN;
import static io.ilteo.testkit.Tokens.OPERATOR;
import static io.ilteo.testkit.Tokens.VIEWER;
import static io.ilteo.testkit.Tokens.secretSha256;
import static io.ilteo.testkit.Tokens.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.JsonFormat;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import io.grpc.ChannelCredentials;
import io.grpc.Context;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.ilteo.proto.security.v1.CreateTokenRequest;
import io.ilteo.proto.security.v1.ListTokensRequest;
import io.ilteo.proto.security.v1.RevokeTokenRequest;
import io.ilteo.proto.security.v1.Role;
import io.ilteo.proto.security.v1.TokenServiceGrpc;
import io.ilteo.proto.security.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import io.ilteo.proto.tuner.v1.AuditEvent;
import io.ilteo.proto.tuner.v1.CreateStudyRequest;
import io.ilteo.proto.tuner.v1.ListAuditEventsRequest;
import io.ilteo.proto.tuner.v1.ListStudiesRequest;
import io.ilteo.proto.tuner.v1.Study;
import io.ilteo.proto.tuner.v1.StudyServiceGrpc;
import io.ilteo.proto.tuner.v1.StudyServiceGrpc.StudyServiceBlockingStub;
import io.ilteo.servicekit.security.Caller;
import io.ilteo.servicekit.security.OnBehalf;
import io.ilteo.servicekit.security.TlsIdentity;
import io.ilteo.testkit.Certificates;
import io.ilteo.testkit.SecuredProfile;
import io.ilteo.testkit.TlsClient;
import io.ilteo.tuner.simulated.Landscape;
import io.ilteo.tuner.simulated.SimulatedTask;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that others could reach: TLS, and nobody who does not say who they are. */
@QuarkusTest
@Tag("quarkus")
@TestProfile(SecureServerTest.Secured.class)
class SecureServerTest {
  /** What all tests on this server share. */
  public static final class Secured extends SecuredProfile {
    public Secured() {
      super("tuner");
    }
  }

  @Inject TlsIdentity identity;

  @Inject
  @ConfigProperty(name = "ilteo.tls.client-ca")
  Path authority;

  @ConfigProperty(name = "quarkus.grpc.server.test-port")
  int grpcPort;

  @ConfigProperty(name = "quarkus.http.test-ssl-port")
  int httpsPort;

  private final List<ManagedChannel> channels = new ArrayList<>();

  @AfterEach
  void disconnect() {
    channels.forEach(ManagedChannel::shutdownNow);
  }

  private ManagedChannel channel(ChannelCredentials credentials) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", grpcPort, credentials).build();
    channels.add(channel);
    return channel;
  }

  private ManagedChannel tls() throws IOException {
    return channel(TlsChannelCredentials.newBuilder().trustManager(authority.toFile()).build());
  }

  private static StudyServiceBlockingStub studies(ManagedChannel channel) {
    return StudyServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
  }

  private StudyServiceBlockingStub studies(String token) throws IOException {
    return studies(tls())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(bearer(token)));
  }

  private static Metadata bearer(String token) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return headers;
  }

  private static void refused(Status.Code code, Runnable call) {
    StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call::run);
    assertThat(refusal).isNotNull();
    assertThat(refusal.getStatus().getCode()).as(refusal.getMessage()).isEqualTo(code);
  }

  private static CreateStudyRequest study() {
    return CreateStudyRequest.newBuilder()
        .setDisplayName("secured")
        .setSpec(TunerFixture.driven(SimulatedTask.space(Landscape.BRANIN)).setBudget(2))
        .build();
  }

  @Test
  void rolesDecideWhoMayWhatAndTheRecordNamesThem() throws IOException {
    ListStudiesRequest list = ListStudiesRequest.getDefaultInstance();
    StudyServiceBlockingStub anonymous = studies(tls());
    refused(Status.Code.UNAUTHENTICATED, () -> anonymous.listStudies(list));
    StudyServiceBlockingStub wrong = studies(token("000000000001", 9));
    refused(Status.Code.UNAUTHENTICATED, () -> wrong.listStudies(list));

    StudyServiceBlockingStub viewer = studies(VIEWER);
    assertThat(viewer.listStudies(list)).isNotNull();
    refused(Status.Code.PERMISSION_DENIED, () -> viewer.createStudy(study()));
    Study made = studies(OPERATOR).createStudy(study()).getStudy();
    List<AuditEvent> events =
        viewer
            .listAuditEvents(ListAuditEventsRequest.newBuilder().setStudy(made.getName()).build())
            .getEventsList();
    assertThat(events).extracting(AuditEvent::getActor).containsOnly("notebook");
    assertThat(HealthGrpc.newBlockingStub(tls()).check(HealthCheckRequest.getDefaultInstance()))
        .isNotNull();
  }

  @Test
  void servicesAreKnownByTheirCertificates() throws IOException {
    StudyServiceBlockingStub peer =
        studies(
            channel(
                TlsChannelCredentials.newBuilder()
                    .trustManager(authority.toFile())
                    .keyManager(
                        authority.resolveSibling("tuner-service.crt").toFile(),
                        authority.resolveSibling("tuner-service.key").toFile())
                    .build()));
    Study own = peer.createStudy(study()).getStudy();
    assertThat(actors(own)).containsOnly("tuner-service");

    Caller person = new Caller("김연구", io.ilteo.servicekit.security.Role.OPERATOR);
    Context before = person.context().attach();
    try {
      Study theirs = peer.withInterceptors(new OnBehalf()).createStudy(study()).getStudy();
      assertThat(actors(theirs)).as("a service calls for a person").containsOnly("김연구");
      Study claimed =
          studies(OPERATOR).withInterceptors(new OnBehalf()).createStudy(study()).getStudy();
      assertThat(actors(claimed)).as("a token says who calls").containsOnly("notebook");
    } finally {
      person.context().detach(before);
    }
  }

  @Test
  void renewedCertificatesAreUsedWithoutARestart() throws Exception {
    ChannelCredentials own = identity.clientCredentials();
    StudyServiceBlockingStub stranger = studies(channel(own));
    refused(Status.Code.UNAUTHENTICATED, () -> stranger.createStudy(study()));

    Certificates certificates =
        Certificates.in(Objects.requireNonNull(authority.getParent())).issue("renewed");
    String serial = serialNumber(certificates.certificate("renewed"));
    String before = Files.readString(certificates.certificate("server"));
    Path key = certificates.key("server");
    String keyBefore = Files.readString(key);
    certificates.replace("server", "renewed");
    awaitShown(grpcPort, serial);
    awaitShown(httpsPort, serial);
    // What a client shows is asked for at each handshake, too: now as a service that is known.
    certificates.replace("server", "tuner-service");
    awaitShown(grpcPort, serialNumber(certificates.certificate("tuner-service")));
    Study made = studies(channel(own)).createStudy(study()).getStudy();
    assertThat(actors(made)).containsOnly("tuner-service");

    // A certificate without its key changes nothing.
    Files.writeString(certificates.certificate("server"), before);
    Instant looks = Instant.now().plusMillis(500);
    while (Instant.now().isBefore(looks)) {
      assertThat(shown(grpcPort))
          .isEqualTo(serialNumber(certificates.certificate("tuner-service")));
    }
    Files.writeString(key, keyBefore);
    awaitShown(grpcPort, serialNumber(certificates.certificate("server")));
  }

  /** Serial number of the certificate that a port shows. */
  private String shown(int port) throws IOException, GeneralSecurityException {
    String protocol = port == grpcPort ? "h2" : "http/1.1";
    try (SSLSocket socket = new TlsClient(authority).socket(port, protocol)) {
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
          .getSerialNumber()
          .toString();
    }
  }

  private void awaitShown(int port, String serial) throws IOException, GeneralSecurityException {
    Instant end = Instant.now().plusSeconds(30);
    while (!shown(port).equals(serial)) {
      assertThat(Instant.now()).as("port %d shows the new certificate", port).isBefore(end);
    }
  }

  private static String serialNumber(Path certificate)
      throws IOException, GeneralSecurityException {
    try (var in = Files.newInputStream(certificate)) {
      return ((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in))
          .getSerialNumber()
          .toString();
    }
  }

  private List<String> actors(Study study) throws IOException {
    return studies(VIEWER)
        .listAuditEvents(ListAuditEventsRequest.newBuilder().setStudy(study.getName()).build())
        .getEventsList()
        .stream()
        .map(AuditEvent::getActor)
        .toList();
  }

  @Test
  void commandLineMakesListsAndEndsTokensOverTls() throws IOException {
    CommandLineHome home = CommandLineHome.create();
    Path keeper = home.file("admin-token", ADMIN);
    String server = "localhost:" + grpcPort;
    home.settings(
        "server.tuner=%s%nserver.wage=%s%nserver.satisfaction=%s%nclient.ca=%s%nclient.token-file=%s%n"
            .formatted(server, server, server, authority, keeper));

    CommandLineHome.Said made =
        home.ilteo("token", "create", "노트북", "--role", "operator", "--expires", "90d");
    assertThat(made.code()).as(made.err()).isZero();
    String token = made.out().strip();
    String id = token.split("_", -1)[1];
    assertThat(studies(token).createStudy(study()).getStudy().getName()).startsWith("studies/");
    assertThat(home.ilteo("token", "list", "--json").out())
        .contains("\"id\":\"" + id + "\"", "노트북", "good")
        .doesNotContain(token.substring(token.lastIndexOf('_') + 1));
    assertThat(home.ilteo("token", "revoke", id).code()).isZero();
    StudyServiceBlockingStub ended = studies(token);
    refused(Status.Code.UNAUTHENTICATED, () -> ended.createStudy(study()));
    assertThat(home.ilteo("token", "list").out()).containsPattern(id + ".*revoked");
    assertThat(home.ilteo("token", "revoke", "ffffffffffff").code()).isEqualTo(4);

    Files.writeString(keeper, VIEWER);
    CommandLineHome.Said weak = home.ilteo("token", "create", "more", "--role", "admin");
    assertThat(weak.code()).isEqualTo(1);
    assertThat(weak.err().lines())
        .hasSize(1)
        .allMatch(line -> line.contains("needs the role admin"));
    home.settings("server.tuner=192.0.2.1:9000%nclient.token-file=%s%n".formatted(keeper));
    assertThat(home.ilteo("study", "list").err()).contains("plain text stays on loopback");
  }

  @Test
  void plainTextIsNotSpoken() {
    StudyServiceBlockingStub plain =
        StudyServiceGrpc.newBlockingStub(channel(InsecureChannelCredentials.create()))
            .withDeadlineAfter(10, TimeUnit.SECONDS);
    refused(
        Status.Code.UNAVAILABLE, () -> plain.listStudies(ListStudiesRequest.getDefaultInstance()));
  }

  @Test
  void adminsMakeAndEndTokens() throws IOException {
    TokenServiceBlockingStub tokens =
        TokenServiceGrpc.newBlockingStub(tls())
            .withDeadlineAfter(30, TimeUnit.SECONDS)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(bearer(ADMIN)));
    String made = token("00000000000a", 7);
    CreateTokenRequest create =
        CreateTokenRequest.newBuilder()
            .setId("00000000000a")
            .setName("ci")
            .setRole(Role.ROLE_OPERATOR)
            .setSecretSha256(ByteString.copyFrom(secretSha256(made)))
            .build();
    assertThat(tokens.createToken(create)).isEqualTo(tokens.createToken(create));
    assertThat(tokens.listTokens(ListTokensRequest.getDefaultInstance()).getTokensList())
        .anyMatch(each -> each.getName().equals("ci"));
    refused(
        Status.Code.ALREADY_EXISTS,
        () -> tokens.createToken(create.toBuilder().setRole(Role.ROLE_ADMIN).build()));

    StudyServiceBlockingStub ci = studies(made);
    assertThat(ci.createStudy(study()).getStudy().getName()).startsWith("studies/");
    tokens.revokeToken(RevokeTokenRequest.newBuilder().setId("00000000000a").build());
    refused(Status.Code.UNAUTHENTICATED, () -> ci.createStudy(study()));
  }

  @Test
  void browsersSendTheTokenAsPasswordAndOtherSitesChangeNothing() throws Exception {
    try (HttpClient client = new TlsClient(authority).http()) {
      assertThat(get(client, "/api/studies", "").statusCode()).isEqualTo(401);
      assertThat(get(client, "/", "").headers().firstValue("WWW-Authenticate")).isPresent();
      assertThat(get(client, "/api/studies", basic(VIEWER)).statusCode()).isEqualTo(200);
      assertThat(get(client, "/q/health/live", "").statusCode()).isEqualTo(200);
      HttpRequest foreign =
          HttpRequest.newBuilder(uri("/api/studies"))
              .header("Authorization", basic(ADMIN))
              .header("Origin", "https://elsewhere.example")
              .POST(HttpRequest.BodyPublishers.ofString("{}"))
              .build();
      HttpResponse<String> answer = client.send(foreign, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("another site");
    }
  }

  @Test
  void methodCalledByABrowserNeedsItsRoleAndIsAuditedUnderItsCaller() throws Exception {
    try (HttpClient client = new TlsClient(authority).http()) {
      String service = "/api/call/ilteo.tuner.v1.StudyService/";
      String spec = JsonFormat.printer().print(study());
      assertThat(post(client, service + "ListStudies", "{}", VIEWER).statusCode()).isEqualTo(200);
      assertThat(post(client, service + "CreateStudy", spec, VIEWER).statusCode()).isEqualTo(403);
      HttpResponse<String> created = post(client, service + "CreateStudy", spec, OPERATOR);
      assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
      String name = created.body().replaceAll("(?s).*\"name\":\"(studies/\\d+)\".*", "$1");
      String delete = "{\"name\":\"" + name + "\"}";
      assertThat(post(client, service + "DeleteStudy", delete, OPERATOR).statusCode())
          .isEqualTo(403);
      String audit = "{\"study\":\"" + name + "\"}";
      assertThat(post(client, service + "ListAuditEvents", audit, VIEWER).body())
          .contains("\"actor\":\"notebook\"");
      assertThat(post(client, service + "DeleteStudy", delete, ADMIN).statusCode()).isEqualTo(200);
    }
  }

  private HttpResponse<String> post(HttpClient client, String path, String body, String token)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path))
            .header("Authorization", basic(token))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("https://localhost:" + httpsPort + path);
  }

  private HttpResponse<String> get(HttpClient client, String path, String authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String basic(String token) {
    byte[] pair = ("anybody:" + token).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
