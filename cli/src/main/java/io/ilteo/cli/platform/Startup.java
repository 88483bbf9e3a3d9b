package io.ilteo.cli.platform;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Measures how services start: each alone, on a database that has been migrated before. */
public final class Startup {
  /** After that nothing more happens in an idle service that would take memory. */
  private static final long SETTLE_MILLIS = 5_000;

  private static final double NANOS = 1e9;

  private final Path project;

  public Startup(Path project) {
    this.project = project;
  }

  /**
   * A median start.
   *
   * @param cached whether the ahead-of-time cache was used
   * @param readySeconds from the start of the process to the first answer that it serves
   * @param cpuSeconds processor time until then
   * @param residentMebibytes some seconds later, when it idles
   */
  public record Measured(
      Service service,
      boolean cached,
      double readySeconds,
      double cpuSeconds,
      long residentMebibytes) {}

  /** Measures every service without and with its cache, which is made where it is missing. */
  public void measure(int runs, Consumer<Measured> each) throws IOException {
    try (Rehearsal rehearsal = new Rehearsal()) {
      for (Service service : Service.values()) {
        AheadOfTime cache = AheadOfTime.of(project, service);
        if (cache.current().isEmpty()) {
          makeCache(service, cache, rehearsal);
        }
        each.accept(median(service, rehearsal, runs, false));
        each.accept(median(service, rehearsal, runs, true));
      }
    }
  }

  private static void makeCache(Service service, AheadOfTime cache, Rehearsal rehearsal)
      throws IOException {
    List<String> options = new ArrayList<>(ServiceJvm.options(service));
    options.addAll(ServiceJvm.heap(service));
    cache.make(ServiceJvm.java(), options, service, rehearsal);
  }

  private Measured median(Service service, Rehearsal rehearsal, int runs, boolean cached)
      throws IOException {
    List<String> line = new ArrayList<>(ServiceJvm.line(project, service));
    if (!cached) {
      line.removeIf(option -> option.startsWith("-XX:AOTCache="));
    }
    List<Measured> measured = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      try (Rehearsal.Run run = rehearsal.start(service, line)) {
        Duration ready = run.awaitReady();
        Duration cpu = run.cpu();
        Pause.millis(SETTLE_MILLIS);
        measured.add(
            new Measured(
                service,
                cached,
                ready.toNanos() / NANOS,
                cpu.toNanos() / NANOS,
                run.residentMebibytes()));
      }
    }
    measured.sort(Comparator.comparingDouble(Measured::readySeconds));
    return measured.get(runs / 2);
  }
}
