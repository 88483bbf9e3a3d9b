package io.ilteo.tuner.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.tuner.ServerTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contracts and the exports over HTTP, as a browser meets them. */
@QuarkusTest
@Tag("quarkus")
@QuarkusTestResource(ServerTest.Surroundings.class)
class GatewayTest {
  private static final String STUDIES = "ilteo.tuner.v1.StudyService/";

  @ConfigProperty(name = "quarkus.http.test-port")
  int port;

  @Test
  void unaryMethodsAnswerInProtobufJson() throws Exception {
    HttpResponse<String> created = create();
    assertThat(created.statusCode()).isEqualTo(200);
    assertThat(created.body()).contains("\"STUDY_STATE_DRAFT\"", "\"budget\":3");
    assertThat(call(STUDIES + "ListTasks", "{}").body()).contains("\"simulated\"");
    assertThat(call("ilteo.model.v1.TrainingService/DescribeTask?task=simulated", "{}").body())
        .contains("branin");
  }

  private HttpResponse<String> create() throws IOException, InterruptedException {
    return call(
        STUDIES + "CreateStudy",
        "{\"displayName\":\"by JSON\",\"spec\":{\"task\":\"simulated\",\"budget\":3}}");
  }

  @Test
  void wrongRequestsAreRefusedWithOneClearLine() throws Exception {
    refused(call(STUDIES + "CreateStudy", "{\"spec\":"), 400, "request:");
    refused(call(STUDIES + "CreateStudy", "{\"nonsense\":1}"), 400, "nonsense");
    refused(call(STUDIES + "GetStudy", "{\"name\":\"studies/9999\"}"), 404, "studies/9999");
    refused(call("ilteo.tuner.v1.TrialService/AskTrial", "{}"), 404, "AskTrial");
    refused(call(STUDIES + "WatchStudy", "{}"), 404, "WatchStudy");
    refused(call("grpc.health.v1.Health/Check", "{}"), 404, "Health");
    refused(call("ilteo.model.v1.TrainingService/DescribeTask?task=dead", "{}"), 503, "");
    refused(get("/api/report?studies=1&language=fr"), 400, "language is \"fr\"; one of [en, ko]");
    refused(get("/api/studies/9999/trials.csv"), 404, "studies/9999");
  }

  @Test
  void anotherSitesPageChangesNothing() throws Exception {
    HttpRequest foreign =
        request(STUDIES + "ListStudies", "{}")
            .header("Origin", "https://elsewhere.example")
            .build();
    refused(send(foreign), 403, "");
  }

  @Test
  void trialsAreTakenAwayAsFiles() throws Exception {
    String id = create().body().replaceAll("(?s).*\"name\":\"studies/(\\d+)\".*", "$1");
    HttpResponse<String> csv = get("/api/studies/" + id + "/trials.csv");
    assertThat(csv.body()).startsWith("number,state,loss,start_time,end_time,x1,x2\r\n");
    assertThat(csv.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"study-" + id + ".csv\"");
    assertThat(get("/api/studies/" + id + "/trials.jsonl").statusCode()).isEqualTo(200);
    assertThat(get("/api/studies/" + id + "/snippet.py").body())
        .contains("/api/studies/" + id + "/trials.csv", "sort_values(\"loss\", ascending=True)");
    refused(get("/api/report?studies=" + id), 409, "no trial has completed");
  }

  @Test
  void studiesAreFoundAgainByTheirTags() throws Exception {
    String name = create().body().replaceAll("(?s).*\"name\":\"(studies/\\d+)\".*", "$1");
    String tag = "논문." + name.substring(name.indexOf('/') + 1);
    String change = "{\"name\":\"%s\",\"tags\":{\"tags\":[\"wave-26\",\"%s\",\"wave-26\"]}}";
    assertThat(call(STUDIES + "UpdateStudy", change.formatted(name, tag)).body())
        .contains("\"tags\":[\"wave-26\",\"" + tag + "\"]");
    assertThat(call(STUDIES + "ListStudies", "{\"tag\":\"" + tag + "\"}").body())
        .contains("\"" + name + "\"")
        .containsOnlyOnce("\"displayName\"");
    assertThat(call(STUDIES + "ListStudies", "{\"tag\":\"nobody's\"}").body())
        .doesNotContain("displayName");
    refused(
        call(STUDIES + "UpdateStudy", change.formatted(name, "two words")),
        400,
        "tags: \"two words\"");
  }

  @Test
  void uploadThatCannotArriveIsRefusedWithOneClearLine() throws Exception {
    refused(upload("/api/panels/dead?mapping=klips-long&file=3:a.csv"), 503, "");
    refused(upload("/api/panels/simulated?mapping=klips-long"), 400, "file: 0 of them; 1 to 64");
    refused(upload("/api/panels/simulated?file=a.csv"), 400, "its size, a colon and its name");
    refused(upload("/api/panels/nowhere?file=3:a.csv"), 400, "task \"nowhere\"");
  }

  private HttpResponse<String> upload(String path) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofString("a,b"))
            .build());
  }

  @Test
  void cellsThatLookLikeFormulasAreMadeInert() {
    assertThat(ExportResource.line(List.of("=1+1", "-2.5", "a,\"b\"", "@x")))
        .isEqualTo("'=1+1,-2.5,\"a,\"\"b\"\"\",'@x\r\n");
  }

  private static void refused(HttpResponse<String> answer, int status, String words) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body().replace("\\\"", "\"")).contains("\"detail\"", words);
  }

  private HttpResponse<String> call(String method, String body)
      throws IOException, InterruptedException {
    return send(request(method, body).build());
  }

  private HttpRequest.Builder request(String method, String body) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/call/" + method))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build());
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
