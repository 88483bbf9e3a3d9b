package io.ilteo.wage;

import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.modelkit.hosting.prediction.AliasWatch;
import io.ilteo.modelkit.hosting.prediction.Predictions;
import io.ilteo.modelkit.hosting.prediction.ServedModels;
import io.ilteo.modelkit.registry.Aliases;
import io.ilteo.modelkit.registry.ModelVersions;
import io.ilteo.proto.model.v1.ModelSelector;
import io.ilteo.proto.model.v1.ModelVersion;
import io.ilteo.servicekit.jdbc.Transactions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Who answers while the champion changes. */
@QuarkusTest
@QuarkusTestResource(RegistryServerTest.Surroundings.class)
class ChampionChangeTest extends ServedWages {
  @Test
  void everyReplicaServesTheNewChampionWithinTwoSecondsAndDropsNothing() throws Exception {
    Transactions transactions = new Transactions(dataSource);
    ServedModels models =
        new ServedModels(
            task, new ModelVersions(transactions, "wage"), new Aliases(transactions, "wage"), 1);
    try (Predictions second = new Predictions(models, 0.95, 1);
        AliasWatch watch = new AliasWatch(dataSource, models::refresh)) {
      watch.start();
      AtomicBoolean stop = new AtomicBoolean();
      CompletableFuture<List<String>> overWire =
          hammer(stop, () -> predict(only(0)).getModelVersion());
      CompletableFuture<List<String>> inProcess =
          hammer(
              stop,
              () ->
                  second
                      .predict(ModelSelector.getDefaultInstance(), histories, 0.95, 0)
                      .model()
                      .name());
      ModelVersion[] turns = {ensemble, single, ensemble};
      for (ModelVersion turn : turns) {
        client.promote(turn);
        long deadline = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        String wire = "";
        String process = "";
        while (!(wire.equals(turn.getName()) && process.equals(turn.getName()))
            && System.nanoTime() < deadline) {
          wire = predict(only(1)).getModelVersion();
          process =
              second.predict(ModelSelector.getDefaultInstance(), histories, 0.95, 0).model().name();
        }
        assertThat(wire).isEqualTo(turn.getName());
        assertThat(process).isEqualTo(turn.getName());
      }
      stop.set(true);
      // A dropped request would have ended the list with its failure.
      assertThat(overWire.get(10, TimeUnit.SECONDS)).contains(single.getName(), ensemble.getName());
      assertThat(inProcess.get(10, TimeUnit.SECONDS))
          .contains(single.getName(), ensemble.getName());
    }
  }

  @Test
  void aBrokenListenerConnectionIsReplaced() throws Exception {
    execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '"
            + AliasWatch.SESSION
            + "'");
    client.promote(ensemble);
    long deadline = System.nanoTime() + Duration.ofSeconds(4).toNanos();
    String served = "";
    while (!served.equals(ensemble.getName()) && System.nanoTime() < deadline) {
      served = predict(only(0)).getModelVersion();
    }
    assertThat(served).isEqualTo(ensemble.getName());
  }

  /** Calls until stopped or failed; the answers. */
  private static CompletableFuture<List<String>> hammer(AtomicBoolean stop, Call call) {
    return CompletableFuture.supplyAsync(
        () -> {
          List<String> answers = new ArrayList<>();
          while (!stop.get()) {
            try {
              answers.add(call.run());
            } catch (Exception failure) {
              throw new IllegalStateException("after " + answers.size() + " answers", failure);
            }
          }
          return answers;
        },
        task -> Thread.ofVirtual().start(task));
  }

  @FunctionalInterface
  private interface Call {
    String run() throws Exception;
  }
}
