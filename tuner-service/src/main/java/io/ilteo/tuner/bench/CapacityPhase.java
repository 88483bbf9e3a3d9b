package io.ilteo.tuner.bench;

import io.ilteo.proto.tuner.v1.PrunerSpec;
import io.ilteo.proto.tuner.v1.SamplerSpec;
import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.servicekit.jdbc.Transactions;
import io.ilteo.servicekit.tracing.Traces;
import io.ilteo.tuner.application.Change;
import io.ilteo.tuner.application.Proposals;
import io.ilteo.tuner.application.Pruning;
import io.ilteo.tuner.application.Stopping;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.StudyCreation;
import io.ilteo.tuner.application.StudyLifecycle;
import io.ilteo.tuner.application.TrialWork;
import io.ilteo.tuner.application.WarmStart;
import io.ilteo.tuner.dispatch.Dispatcher;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.StudyState;
import io.ilteo.tuner.domain.study.Tags;
import io.ilteo.tuner.persistence.PgStudyStore;
import io.ilteo.tuner.persistence.PgTrialQueue;
import io.ilteo.tuner.persistence.PgTrialReader;
import io.ilteo.tuner.persistence.PgTrialRecord;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Studies of one trial length, from their start to the end of the last. */
final class CapacityPhase {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofMinutes(30);

  /** As the tuner's default. */
  private static final int MAX_RUNS = 256;

  private static final Change BENCH = new Change("bench", "to measure");

  /** A measured value. */
  record Figure(double value, String unit) {}

  /** What a phase showed. */
  record Result(double busyShare, Map<String, Figure> figures) {}

  private final CapacityBench.Scale scale;
  private final Duration median;
  private final Duration measured;
  private final List<? extends DataSource> pools;
  private final DatabaseLoad load;
  private final SimulatedReplicas replicas;
  private final TimedQueue.Notes notes = new TimedQueue.Notes();
  private final PgStudyStore studies;

  /**
   * A phase.
   *
   * @param median of the trials' durations
   * @param measured how long to measure, at least
   * @param pools a pool of connections for each tuner
   * @param watching connections to look on with
   */
  CapacityPhase(
      CapacityBench.Scale scale,
      Duration median,
      Duration measured,
      List<? extends DataSource> pools,
      DatabaseLoad load,
      DataSource watching) {
    this.scale = scale;
    this.median = median;
    this.measured = measured;
    this.pools = pools;
    this.load = load;
    this.replicas = new SimulatedReplicas(scale.replicas(), median, scale.epochs(), scale.seed());
    this.studies = new PgStudyStore(new Transactions(watching));
  }

  Result run() throws IOException, InterruptedException {
    int budget = budget();
    List<StudyId> created = create(budget);
    List<Dispatcher> dispatchers = new ArrayList<>();
    for (int i = 0; i < pools.size(); i++) {
      dispatchers.add(dispatcher("tuner-" + i, pools.get(i)));
    }
    try {
      dispatchers.forEach(Dispatcher::start);
      int trials = budget * created.size();
      // Every replica has got its first trial: from here on claims come as trials end.
      awaitClaims(Math.min(scale.replicas(), trials / 2));
      Sample begin = sample();
      awaitClaims(trials);
      Sample end = sample();
      awaitEnd(created);
      requireExact(created, budget);
      return result(begin, end, trials);
    } finally {
      dispatchers.forEach(Dispatcher::close);
    }
  }

  /** Enough for each replica's first trial, its last, and what is measured between them. */
  private int budget() {
    double perReplica = 2 + Math.max(1, (double) measured.toNanos() / median.toNanos());
    return (int) Math.ceil(perReplica * scale.replicas() / scale.studies());
  }

  private List<StudyId> create(int budget) {
    PgTrialReader trials = new PgTrialReader(transactions(pools.getFirst()));
    PgTrialRecord record = new PgTrialRecord(transactions(pools.getFirst()));
    WarmStart warmStart = new WarmStart(studies, trials, record);
    StudyCreation creation = new StudyCreation(studies, replicas, warmStart);
    StudyLifecycle lifecycle =
        new StudyLifecycle(studies, new PgTrialQueue(transactions(pools.getFirst())), warmStart);
    List<StudyId> created = new ArrayList<>();
    for (int i = 0; i < scale.studies(); i++) {
      StudySpec spec =
          StudySpec.newBuilder()
              .setTask(SimulatedReplicas.TASK)
              .setBudget(budget)
              .setParallelism(Math.ceilDiv(scale.replicas(), scale.studies()))
              .setSampler(SamplerSpec.newBuilder().setName(scale.sampler()))
              .setPruner(PrunerSpec.newBuilder().setName(scale.pruner()))
              .setSeed(scale.seed() + (long) i)
              .build();
      Study study = creation.create("capacity", spec, Tags.NONE, Optional.empty(), BENCH);
      created.add(lifecycle.start(study.id(), BENCH).id());
    }
    return created;
  }

  private Dispatcher dispatcher(String name, DataSource pool) {
    Transactions transactions = transactions(pool);
    PgStudyStore store = new PgStudyStore(transactions);
    PgTrialReader trials = new PgTrialReader(transactions);
    TimedQueue queue = new TimedQueue(new PgTrialQueue(transactions), notes);
    Stopping stopping = new Stopping(store, trials);
    TrialWork work =
        new TrialWork(store, queue, new Proposals(), new Pruning(trials, queue), stopping);
    return new Dispatcher(
        name,
        new Dispatcher.Limits(LEASE, MAX_RUNS),
        store,
        queue,
        work,
        stopping,
        replicas,
        Traces.off());
  }

  private static Transactions transactions(DataSource pool) {
    return new Transactions(pool);
  }

  private void awaitClaims(int wanted) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (notes.claims.count() < wanted) {
      pause(deadline);
    }
  }

  private void awaitEnd(List<StudyId> created) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    for (StudyId study : created) {
      while (!studies.get(study).state().hasEnded()) {
        pause(deadline);
      }
    }
  }

  private static void pause(long deadline) throws InterruptedException {
    if (System.nanoTime() > deadline) {
      throw new IllegalStateException("not done after " + LONGEST);
    }
    TimeUnit.MILLISECONDS.sleep(20);
  }

  private void requireExact(List<StudyId> created, int budget) {
    for (StudyId id : created) {
      Study study = studies.get(id);
      if (study.state() != StudyState.COMPLETED || study.progress().finished() != budget) {
        throw new IllegalStateException(
            "%s is %s with %s; its budget is %d"
                .formatted(id.name(), study.state(), study.progress(), budget));
      }
    }
    if (notes.twice.sum() > 0 || replicas.repeated() > 0) {
      throw new IllegalStateException(
          "%d attempts were given twice and %d trained twice"
              .formatted(notes.twice.sum(), replicas.repeated()));
    }
  }

  private record Sample(
      long nanos,
      int claims,
      int reports,
      int tells,
      long busyNanos,
      double databaseCpu,
      double ownCpu) {}

  private Sample sample() throws IOException {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Sample(
        System.nanoTime(),
        notes.claims.count(),
        notes.reports.count(),
        notes.tells.count(),
        replicas.busyNanos(),
        load.cpuSeconds(),
        system.getProcessCpuTime() / 1e9);
  }

  private Result result(Sample begin, Sample end, int trials) {
    double seconds = (end.nanos - begin.nanos) / 1e9;
    double busy = (end.busyNanos - begin.busyNanos) / 1e9 / (seconds * scale.replicas());
    Map<String, Figure> figures = new LinkedHashMap<>();
    figures.put("trials", new Figure(trials, "trials"));
    figures.put("busy_share", new Figure(busy, ""));
    figures.put("claims", new Figure((end.claims - begin.claims) / seconds, "1/s"));
    figures.put("reports", new Figure((end.reports - begin.reports) / seconds, "1/s"));
    figures.put("claim_p50", millis(notes.claims, 0.5, begin.claims));
    figures.put("claim_p99", millis(notes.claims, 0.99, begin.claims));
    figures.put("report_p50", millis(notes.reports, 0.5, begin.reports));
    figures.put("report_p99", millis(notes.reports, 0.99, begin.reports));
    figures.put("tell_p99", millis(notes.tells, 0.99, begin.tells));
    figures.put(
        "database_cpu", new Figure((end.databaseCpu - begin.databaseCpu) / seconds, "cores"));
    figures.put("tuners_cpu", new Figure((end.ownCpu - begin.ownCpu) / seconds, "cores"));
    figures.put("leases_lost", new Figure(notes.lost.sum(), "leases"));
    return new Result(busy, figures);
  }

  private static Figure millis(Latencies latencies, double share, int from) {
    return new Figure(latencies.quantileMillis(share, from), "ms");
  }
}
