package io.ilteo.modelkit.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ilteo.servicekit.error.DomainException.ResourceExhausted;
import io.ilteo.servicekit.error.DomainException.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class TrainingSlotsTest {
  @Test
  void moreTrainingsThanSlotsAreRefusedUntilOneEnds() throws Exception {
    try (TrainingSlots slots = new TrainingSlots(1, 0, Duration.ofSeconds(10))) {
      CountDownLatch running = new CountDownLatch(1);
      CountDownLatch end = new CountDownLatch(1);
      CompletableFuture<Boolean> first =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return slots.run(
                      () -> {
                        running.countDown();
                        return end.await(1, TimeUnit.MINUTES);
                      });
                } catch (Exception failure) {
                  throw new IllegalStateException(failure);
                }
              });
      assertThat(running.await(1, TimeUnit.MINUTES)).isTrue();
      assertThatThrownBy(() -> slots.run(() -> true))
          .isInstanceOf(ResourceExhausted.class)
          .hasMessageContaining("trains 1 networks already");
      end.countDown();
      assertThat(first.get(1, TimeUnit.MINUTES)).isTrue();
      assertThat(slots.<String>run(() -> "free again")).isEqualTo("free again");
    }
  }

  @Test
  void replicaThatShutsDownSendsCallersElsewhere() {
    TrainingSlots slots = new TrainingSlots(1, 0, Duration.ofSeconds(10));
    slots.close();
    assertThat(slots.isClosing()).isTrue();
    assertThatThrownBy(() -> slots.run(() -> true)).isInstanceOf(Unavailable.class);
  }

  @Test
  void closingWaitsForWhatTrains() throws Exception {
    TrainingSlots slots = new TrainingSlots(1, 0, Duration.ofMinutes(1));
    CountDownLatch running = new CountDownLatch(1);
    CompletableFuture<Boolean> training =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return slots.run(
                    () -> {
                      running.countDown();
                      while (!slots.isClosing()) {
                        Thread.onSpinWait();
                      }
                      return true;
                    });
              } catch (Exception failure) {
                throw new IllegalStateException(failure);
              }
            });
    assertThat(running.await(1, TimeUnit.MINUTES)).isTrue();
    slots.close();
    assertThat(training.get(1, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void failureOfTheWorkIsTheCallersToSee() {
    try (TrainingSlots slots = new TrainingSlots(1, 0, Duration.ofSeconds(10))) {
      assertThatThrownBy(
              () ->
                  slots.run(
                      () -> {
                        throw new IllegalStateException("as thrown");
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("as thrown");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void trainingsStandBackBehindAllOtherThreads() throws Exception {
    int own = niceness();
    try (TrainingSlots slots = new TrainingSlots(1, 3, Duration.ZERO)) {
      assertThat(slots.<Integer>run(TrainingSlotsTest::niceness)).isEqualTo(Math.min(19, own + 3));
    }
    assertThat(niceness()).isEqualTo(own);
    assertThatThrownBy(() -> new TrainingSlots(1, 20, Duration.ZERO))
        .hasMessageContaining("training-niceness is 20; 0 to 19");
  }

  /** Of the calling thread: field 19 of its stat, counted behind the name in parentheses. */
  private static int niceness() throws IOException {
    String stat = Files.readString(Path.of("/proc/thread-self/stat"));
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
  }
}
