package io.ilteo.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The overlays, rendered: known to Kubernetes' types, and kept to the rules of the house. */
class KubernetesTest {
  /** Types of operators, which fabric8 does not model; deploy/check-schemas.mjs knows most. */
  private static final Set<String> OPERATORS =
      Set.of("postgresql.cnpg.io", "keda.sh", "cert-manager.io", "monitoring.coreos.com");

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void everyFieldIsOneThatKubernetesKnows(String overlay) throws Exception {
    List<String> unknown = new ArrayList<>();
    for (ObjectNode object : Overlay.render(overlay).objects()) {
      String group = object.path("apiVersion").asText().replaceFirst("/.*", "");
      if (!OPERATORS.contains(group)) {
        unknown.addAll(unknownFields(object));
      }
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void aMisspeltFieldIsFound() throws Exception {
    ObjectNode deployment = Overlay.render("local").all("Deployment").getFirst();
    ((ObjectNode) deployment.at("/spec/template/spec/containers/0")).put("imagePulPolicy", "Never");

    assertThat(unknownFields(deployment))
        .singleElement()
        .asString()
        .endsWith("containers[0].imagePulPolicy");
  }

  /** Fields that fabric8's type of the object does not have. */
  private static List<String> unknownFields(ObjectNode object) throws IOException {
    KubernetesSerialization types = new KubernetesSerialization();
    Object typed = types.unmarshal(object.toString());
    assertThat(typed.getClass().getSimpleName()).isEqualTo(object.path("kind").asText());
    // What a type does not know lies in its additionalProperties: without them it is missing.
    Strictness.clearAdditional(typed);
    List<String> unknown = new ArrayList<>();
    difference(name(object), object, new ObjectMapper().readTree(types.asJson(typed)), unknown);
    return unknown;
  }

  private static void difference(String at, JsonNode given, JsonNode known, List<String> unknown) {
    given
        .properties()
        .forEach(
            field -> {
              JsonNode other = known.path(field.getKey());
              String path = at + "." + field.getKey();
              boolean says = field.getValue().isValueNode() || !field.getValue().isEmpty();
              if (other.isMissingNode() && says) {
                unknown.add(path);
              } else {
                difference(path, field.getValue(), other, unknown);
              }
            });
    for (int i = 0; given.isArray() && i < given.size(); i++) {
      difference(at + "[" + i + "]", given.get(i), known.path(i), unknown);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void imagesHaveAVersionAndNoImageIsCalledLatest(String overlay) throws Exception {
    assertThat(containers(Overlay.render(overlay)))
        .isNotEmpty()
        .allSatisfy(
            container ->
                assertThat(container.path("image").asText())
                    .matches(".*[^:]:[0-9]+\\.[0-9].*")
                    .doesNotContain("latest"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void containersAreLimitedAndLocked(String overlay) throws Exception {
    Overlay rendered = Overlay.render(overlay);
    assertThat(containers(rendered))
        .allSatisfy(
            container -> {
              for (String what : List.of("requests", "limits")) {
                assertThat(container.at("/resources/" + what).path("cpu").asText()).isNotBlank();
                assertThat(container.at("/resources/" + what).path("memory").asText()).isNotBlank();
              }
              assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                  .isTrue();
              JsonNode escalation = container.at("/securityContext/allowPrivilegeEscalation");
              assertThat(escalation.isBoolean() && !escalation.asBoolean()).isTrue();
              assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                  .isEqualTo("ALL");
              assertThat(container.has("readinessProbe") && container.has("livenessProbe"))
                  .isTrue();
            });
    assertThat(rendered.podSpecs())
        .allSatisfy(
            pod -> {
              assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
              assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
              assertThat(pod.at("/securityContext/seccompProfile/type").asText())
                  .isEqualTo("RuntimeDefault");
              assertThat(pod.path("hostNetwork").asBoolean()).isFalse();
              assertThat(pod.path("volumes").findParents("hostPath")).isEmpty();
              assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void everyServiceHasProbesByGrpcABudgetAndAHeadlessService(String overlay) throws Exception {
    Overlay rendered = Overlay.render(overlay);
    assertThat(rendered.all("Deployment")).hasSize(5);
    for (ObjectNode deployment : rendered.all("Deployment")) {
      JsonNode labels = deployment.at("/spec/template/metadata/labels");
      JsonNode container = deployment.at("/spec/template/spec/containers/0");
      for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
        assertThat(container.at("/" + probe + "/grpc/port").asInt()).isEqualTo(9100);
      }
      assertThat(deployment.at("/spec/template/spec/topologySpreadConstraints").size())
          .isEqualTo(2);
      assertThat(rendered.all("PodDisruptionBudget"))
          .as("a budget for %s", name(deployment))
          .anyMatch(budget -> selects(budget.at("/spec/selector/matchLabels"), labels));
      assertThat(rendered.all("Service"))
          .as("a headless Service for %s", name(deployment))
          .anyMatch(
              service ->
                  service.at("/spec/clusterIP").asText().equals("None")
                      && selects(service.at("/spec/selector"), labels));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void nothingIsReachableUnlessAPolicySaysSo(String overlay) throws Exception {
    Overlay rendered = Overlay.render(overlay);
    assertThat(rendered.all("NetworkPolicy"))
        .anySatisfy(
            policy -> {
              assertThat(policy.at("/metadata/name").asText()).isEqualTo("default-deny");
              assertThat(policy.at("/spec/policyTypes").size()).isEqualTo(2);
              assertThat(policy.at("/spec").has("ingress")).isFalse();
              assertThat(policy.at("/spec").has("egress")).isFalse();
            });
    assertThat(rendered.all("NetworkPolicy"))
        .filteredOn(policy -> policy.at("/spec").has("ingress"))
        .allSatisfy(
            policy ->
                policy
                    .at("/spec/ingress")
                    .forEach(rule -> assertThat(rule.has("from") && rule.has("ports")).isTrue()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void secretsComeFromOutsideAndConfigNamesCarryAHash(String overlay) throws Exception {
    Overlay rendered = Overlay.render(overlay);
    assertThat(rendered.all("Secret")).isEmpty();
    assertThat(rendered.all("ConfigMap"))
        .isNotEmpty()
        .allSatisfy(config -> assertThat(name(config)).matches(".*-[a-z0-9]{10}"));
    assertThat(containers(rendered))
        .flatMap(container -> list(container.path("env")))
        .filteredOn(
            variable -> variable.path("name").asText().matches(".*(PASSWORD|SECRET|TOKEN)$"))
        .isNotEmpty()
        .allSatisfy(variable -> assertThat(variable.has("value")).isFalse());
    Set<String> maps = new TreeSet<>();
    rendered.all("ConfigMap").forEach(config -> maps.add(config.at("/metadata/name").asText()));
    assertThat(containers(rendered))
        .flatMap(container -> list(container.path("envFrom")))
        .allSatisfy(source -> assertThat(maps).contains(source.at("/configMapRef/name").asText()));
  }

  /** With default-deny, whoever must reach the database or a collector has a policy for it. */
  @Test
  void policiesOpenThePathsThatProductionNeeds() throws Exception {
    Overlay production = Overlay.render("production");
    assertThat(policy(production, "keda-to-database").at("/spec/ingress/0/ports/0/port").asInt())
        .isEqualTo(5432);
    assertThat(policy(production, "traces").at("/spec/egress/0/ports/0/port").asInt())
        .isEqualTo(4317);
    JsonNode database = production.all("Cluster").getFirst();
    assertThat(
            selects(
                policy(production, "keda-to-database").at("/spec/podSelector/matchLabels"),
                database.at("/spec/inheritedMetadata/labels")))
        .isTrue();
  }

  /** A replica that is told to stop has the time that its code takes for it. */
  @ParameterizedTest
  @ValueSource(strings = {"local", "production"})
  void graceIsLongerThanTheDrain(String overlay) throws Exception {
    for (ObjectNode deployment : Overlay.render(overlay).all("Deployment")) {
      JsonNode pod = deployment.at("/spec/template/spec");
      // ModelServiceConfig.trainingDrain; Dispatcher.DRAIN_LIMIT, twice.
      int drainSeconds = name(deployment).endsWith("-training") ? 100 : 20;
      int pauseSeconds = pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt();
      assertThat(pauseSeconds).isPositive();
      assertThat(pod.path("terminationGracePeriodSeconds").asInt())
          .as(name(deployment))
          .isGreaterThan(drainSeconds + pauseSeconds);
      assertThat(deployment.at("/spec/strategy/rollingUpdate/maxUnavailable").asText())
          .isEqualTo("0");
    }
  }

  private static JsonNode policy(Overlay overlay, String name) {
    return overlay.all("NetworkPolicy").stream()
        .filter(policy -> policy.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no policy " + name));
  }

  private static boolean selects(JsonNode selector, JsonNode labels) {
    return !selector.isEmpty()
        && selector.properties().stream()
            .allMatch(label -> labels.path(label.getKey()).equals(label.getValue()));
  }

  private static List<JsonNode> containers(Overlay overlay) {
    return overlay.podSpecs().stream()
        .flatMap(pod -> Stream.of("containers", "initContainers").map(pod::path))
        .flatMap(containers -> list(containers).stream())
        .toList();
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private static String name(JsonNode object) {
    return object.path("kind").asText() + "/" + object.at("/metadata/name").asText();
  }
}
