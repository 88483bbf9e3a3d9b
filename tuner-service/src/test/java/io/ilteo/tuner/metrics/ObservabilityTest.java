package io.ilteo.tuner.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.ilteo.proto.tuner.v1.CreateStudyRequest;
import io.ilteo.proto.tuner.v1.Study;
import io.ilteo.proto.tuner.v1.StudyServiceGrpc;
import io.ilteo.proto.tuner.v1.WatchStudyRequest;
import io.ilteo.tuner.ServerTest;
import io.ilteo.tuner.TunerFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a running server tells Prometheus is what the dashboard, the alerts and the guide say. */
@QuarkusTest
@Tag("quarkus")
@QuarkusTestResource(ServerTest.Surroundings.class)
class ObservabilityTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Path FOLDER = PROJECT.resolve("deploy/observability");
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** A word of PromQL that is not a function, a label or its value. */
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:ilteo|grpc|jvm|agroal|process|http|system)_[a-z0-9_]+");

  /** Told by servers that train; wage-service's RegistryServerTest asks one. */
  private static final String OF_MODEL_SERVICES = "ilteo_training_seconds_total";

  @ConfigProperty(name = "quarkus.grpc.server.test-port")
  int grpcPort;

  @ConfigProperty(name = "quarkus.http.test-port")
  int httpPort;

  private ManagedChannel channel;

  @BeforeEach
  void connect() {
    channel = NettyChannelBuilder.forAddress("127.0.0.1", grpcPort).usePlaintext().build();
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
  }

  @Test
  void aStudyIsMeasuredAndEverythingThatIsNamedExists() throws Exception {
    double before = completed(scrape());
    run(TunerFixture.simulated("branin", 8, 2).build());
    String metrics = scrape();
    for (Instant end = Instant.now().plus(LIMIT);
        !(completed(metrics) >= before + 8) && Instant.now().isBefore(end);
        metrics = scrape()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
    // Studies that other tests left to the same server may go on counting meanwhile.
    assertThat(completed(metrics)).isGreaterThanOrEqualTo(before + 8);
    assertThat(value(metrics, "ilteo_attempts_total{outcome=\"completed\",task=\"simulated\""))
        .isGreaterThanOrEqualTo(8);
    assertThat(value(metrics, "ilteo_epoch_seconds_count{task=\"simulated\""))
        .isGreaterThanOrEqualTo(8);
    assertThat(value(metrics, "ilteo_attempt_wait_seconds_count{task=\"simulated\""))
        .isGreaterThanOrEqualTo(8);

    Set<String> there = names(metrics);
    assertThat(there)
        .containsAll(namedBy(expressions().filter(each -> !each.contains(OF_MODEL_SERVICES))));
    String guide = Files.readString(PROJECT.resolve("docs/guide/observability.md"));
    assertThat(there.stream().filter(name -> name.startsWith("ilteo_")))
        .as("each metric is in the guide")
        .allSatisfy(
            name ->
                assertThat(guide)
                    .contains("`" + name.replaceFirst("_(bucket|count|sum|max)$", "") + "`"));
  }

  @Test
  void alertsSayWhatTheyMeanAndWhatToDo() throws IOException {
    List<JsonNode> alerts = alerts();
    assertThat(alerts).hasSizeGreaterThanOrEqualTo(6);
    assertThat(alerts).extracting(alert -> alert.path("alert").asText()).doesNotHaveDuplicates();
    assertThat(alerts)
        .allSatisfy(
            alert -> {
              assertThat(alert.at("/labels/severity").asText()).isIn("page", "ticket");
              assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
              assertThat(alert.at("/annotations/action").asText()).isNotBlank();
            });
  }

  private static Stream<String> expressions() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(FOLDER.resolve("dashboard.json").toFile());
    List<String> panels =
        dashboard.findValues("expr").stream().map(JsonNode::asText).collect(Collectors.toList());
    assertThat(panels).hasSizeGreaterThanOrEqualTo(8);
    return Stream.concat(
        panels.stream(), alerts().stream().map(each -> each.path("expr").asText()));
  }

  private static List<JsonNode> alerts() throws IOException {
    JsonNode file = new YAMLMapper().readTree(FOLDER.resolve("alerts.yaml").toFile());
    return file.findValues("rules").stream()
        .flatMap(rules -> rules.valueStream())
        .collect(Collectors.toList());
  }

  private static Set<String> namedBy(Stream<String> expressions) {
    Set<String> names = new TreeSet<>();
    expressions.forEach(
        expression -> {
          Matcher word = METRIC.matcher(expression);
          int before = names.size();
          while (word.find()) {
            names.add(word.group());
          }
          assertThat(names.size() > before || METRIC.matcher(expression).find())
              .as("names a metric: " + expression)
              .isTrue();
        });
    return names;
  }

  private void run(io.ilteo.proto.tuner.v1.StudySpec spec) {
    var studies =
        StudyServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(LIMIT.toSeconds(), TimeUnit.SECONDS);
    Study study =
        studies
            .createStudy(
                CreateStudyRequest.newBuilder()
                    .setDisplayName("measured")
                    .setSpec(spec)
                    .setStart(true)
                    .build())
            .getStudy();
    studies
        .watchStudy(WatchStudyRequest.newBuilder().setName(study.getName()).build())
        .forEachRemaining(update -> {});
  }

  private static double completed(String metrics) {
    return value(metrics, "ilteo_trials{state=\"completed\"");
  }

  /** Value of the first series that begins so; zero if there is none. */
  private static double value(String metrics, String start) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(start))
        .findFirst()
        .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .filter(Double::isFinite)
        .orElse(0.0);
  }

  private static Set<String> names(String metrics) {
    return metrics
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private String scrape() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/q/metrics"))
                  .header("Accept", "text/plain")
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body();
    }
  }
}
