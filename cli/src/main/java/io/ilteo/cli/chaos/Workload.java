package io.ilteo.cli.chaos;

import io.ilteo.cli.platform.Pause;
import io.ilteo.cli.platform.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Studies of both tasks, one after the other for as long as faults go on. */
final class Workload {
  private static final List<Service> TASKS = List.of(Service.WAGE, Service.SATISFACTION);

  private final TunerCalls calls;
  private final Map<Service, String> panels;
  private final long seed;
  private final Duration caseLimit;
  private final Map<Service, List<StudyCase>> cases = new EnumMap<>(Service.class);
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean open = true;

  /**
   * A workload, not begun.
   *
   * @param panels name of the panel in each model service
   * @param caseLimit after which a study that does not end is given up
   */
  Workload(TunerCalls calls, Map<Service, String> panels, long seed, Duration caseLimit) {
    this.calls = calls;
    this.panels = panels;
    this.seed = seed;
    this.caseLimit = caseLimit;
  }

  /** Begins; a study follows the one before at once. */
  void begin() {
    for (Service task : TASKS) {
      cases.put(task, new ArrayList<>());
      threads.add(Thread.ofVirtual().name("workload-" + task.id()).start(() -> live(task)));
    }
  }

  private void live(Service task) {
    Random random = new Random(seed + task.ordinal());
    StudyCase.Change[] changes = StudyCase.Change.values();
    int offset = random.nextInt(changes.length);
    for (int number = 0; open; number++) {
      StudyCase next =
          new StudyCase(
              calls,
              task.id(),
              Objects.requireNonNull(panels.get(task)),
              "chaos-%s-%d".formatted(task.id(), number),
              random.nextLong(1_000_000),
              changes[(offset + number) % changes.length],
              caseLimit);
      synchronized (this) {
        Objects.requireNonNull(cases.get(task)).add(next);
      }
      next.run();
    }
  }

  /** Begins no study more, and waits for those that are open. */
  void finish() throws InterruptedException {
    open = false;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Waits until one study of each task has been created, so that faults meet work. */
  void awaitBegun(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end && !begun()) {
      Pause.millis(100);
    }
  }

  private synchronized boolean begun() {
    return TASKS.stream()
        .allMatch(
            task ->
                Objects.requireNonNull(cases.get(task)).stream()
                    .anyMatch(each -> !each.name().isEmpty()));
  }

  /** Every study, in no order. */
  synchronized List<StudyCase> cases() {
    return cases.values().stream().flatMap(List::stream).toList();
  }
}
