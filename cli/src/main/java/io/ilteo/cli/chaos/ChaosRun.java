package io.ilteo.cli.chaos;

import io.grpc.ManagedChannel;
import io.ilteo.cli.client.Channels;
import io.ilteo.cli.client.PanelFiles;
import io.ilteo.cli.client.PanelUpload;
import io.ilteo.cli.platform.Cleanup;
import io.ilteo.cli.platform.Pause;
import io.ilteo.cli.platform.PlatformException;
import io.ilteo.cli.platform.Service;
import io.ilteo.proto.panel.v1.ImportHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Studies on a replicated platform that is hurt by a seeded plan, and a look at what is left: a
 * platform of its own, in a temporary folder, of which nothing remains.
 */
public final class ChaosRun {
  private static final int PERSONS = 200;
  private static final String MAPPING = "klips-long";
  private static final long SUPERVISION_MILLIS = 500;
  private static final Duration BEGIN_LIMIT = Duration.ofSeconds(60);
  private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(120);

  /** After the last fault every study must have ended within this time. */
  private static final Duration SETTLE_LIMIT = Duration.ofMinutes(6);

  private final Path projectRoot;
  private final long seed;
  private final Duration length;
  private final Consumer<String> log;

  /**
   * A run.
   *
   * @param length for how long faults are done
   * @param log told what happens, line by line
   */
  public ChaosRun(Path projectRoot, long seed, Duration length, Consumer<String> log) {
    this.projectRoot = projectRoot;
    this.seed = seed;
    this.length = length;
    this.log = log;
  }

  /** Runs to the end; whatever happens, no process is left. */
  public ChaosReport run() throws IOException, InterruptedException, SQLException {
    Path folder = Files.createTempDirectory("ilteo-chaos");
    Fleet fleet = Fleet.start(folder, projectRoot, log);
    boolean passed = false;
    try {
      ChaosReport report;
      try (Cleanup ended = new Cleanup(fleet::close)) {
        report = hurt(fleet);
      }
      List<Check> checks = new ArrayList<>(report.checks());
      List<String> orphans = fleet.orphans();
      checks.add(
          new Check(
              "no process is left",
              orphans.isEmpty(),
              orphans.isEmpty() ? "looked through /proc" : String.join(", ", orphans)));
      ChaosReport whole =
          new ChaosReport(seed, report.seconds(), report.faults(), report.figures(), checks);
      passed = whole.passed();
      return whole;
    } finally {
      if (passed) {
        delete(folder);
      } else {
        log.accept("logs and database are kept in " + folder);
      }
    }
  }

  private ChaosReport hurt(Fleet fleet) throws IOException, InterruptedException, SQLException {
    try (TunerCalls calls = new TunerCalls(fleet.members(Service.TUNER))) {
      Workload workload = new Workload(calls, panels(fleet), seed, length.plus(SETTLE_LIMIT));
      workload.begin();
      workload.awaitBegun(BEGIN_LIMIT);
      Injector injector = new Injector(fleet, log);
      long begun = System.nanoTime();
      injectUntil(begun + length.toNanos(), fleet, injector);
      injector.awaitQuiet();
      long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
      log.accept("no more faults; waiting for the studies to end");
      List<String> away = fleet.heal(RECOVERY_LIMIT);
      workload.finish();
      log.accept("all studies have ended; checking");
      return report(fleet, calls, workload, injector, away, seconds);
    }
  }

  private void injectUntil(long end, Fleet fleet, Injector injector) {
    FaultPlan plan = new FaultPlan(seed, Injector.possible(fleet));
    FaultPlan.Step next = plan.next();
    long due = System.nanoTime() + next.gap().toNanos();
    while (System.nanoTime() < end) {
      fleet.supervise();
      if (System.nanoTime() >= due) {
        injector.inject(next);
        next = plan.next();
        due = System.nanoTime() + next.gap().toNanos();
      }
      Pause.millis(SUPERVISION_MILLIS);
    }
  }

  private static Map<Service, String> panels(Fleet fleet) throws IOException {
    Map<Service, String> panels = new EnumMap<>(Service.class);
    ImportHeader header = PanelFiles.header("chaos", MAPPING);
    Path csv = Files.createTempFile("ilteo-chaos", ".csv");
    for (Service service : List.of(Service.WAGE, Service.SATISFACTION)) {
      Member first = fleet.members(service).getFirst();
      ManagedChannel channel = Channels.plaintext(first.replica().address());
      try {
        if (service == Service.WAGE) {
          PanelFiles.synthesize(channel, PERSONS, 1, csv);
        }
        panels.put(service, PanelUpload.send(channel, header, List.of(csv)).getPanel().getName());
      } finally {
        channel.shutdownNow();
      }
    }
    Files.delete(csv);
    return panels;
  }

  private ChaosReport report(
      Fleet fleet,
      TunerCalls calls,
      Workload workload,
      Injector injector,
      List<String> away,
      long seconds)
      throws SQLException {
    List<StudyCase> cases = workload.cases();
    List<Check> checks = new ArrayList<>();
    checks.add(
        new Check(
            "every service came back",
            away.isEmpty(),
            away.isEmpty() ? fleet.members().size() + " replicas" : String.join(", ", away)));
    long fellOver = fleet.members().stream().mapToLong(Member::fellOver).sum();
    checks.add(
        Check.none(
            "no service that ran ended by itself", fellOver, fleet.members().size() + " replicas"));
    List<String> troubles =
        cases.stream().map(StudyCase::trouble).filter(each -> !each.isEmpty()).toList();
    checks.add(
        new Check(
            "every study ended, was confirmed and promoted",
            troubles.isEmpty() && !cases.isEmpty(),
            troubles.isEmpty() ? cases.size() + " studies" : String.join("; ", troubles)));
    checks.addAll(new LiveChecks(fleet, calls).all(cases));
    checks.addAll(new RecordChecks(fleet.record()).all(cases, calls.changes()));
    Map<String, Integer> faults = new LinkedHashMap<>();
    for (Fault fault : Fault.values()) {
      faults.put(fault.words(), injector.done().getOrDefault(fault, 0));
    }
    return new ChaosReport(seed, seconds, faults, figures(fleet, injector, cases), checks);
  }

  private static Map<String, Long> figures(Fleet fleet, Injector injector, List<StudyCase> cases)
      throws SQLException {
    Map<String, Long> figures = new LinkedHashMap<>();
    figures.put("studies", (long) cases.size());
    for (String state : List.of("FINISHED", "LOST", "PREEMPTED", "STOPPED", "FAILED")) {
      figures.put(
          "attempts " + state.toLowerCase(java.util.Locale.ROOT),
          fleet
              .record()
              .number("SELECT count(*) FROM tuner.attempt WHERE state = '" + state + "'"));
    }
    figures.put(
        "starts given up for want of others",
        fleet.members().stream().mapToLong(Member::gaveUp).sum());
    figures.put("faults that found nobody free", (long) injector.skipped());
    return figures;
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(folder)) {
      files = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException inUse) {
        throw new PlatformException("Cannot delete " + file + ": " + inUse.getMessage());
      }
    }
  }
}
