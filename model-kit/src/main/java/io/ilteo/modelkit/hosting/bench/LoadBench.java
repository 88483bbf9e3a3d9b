package io.ilteo.modelkit.hosting.bench;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.ilteo.modelkit.bench.Arguments;
import io.ilteo.modelkit.bench.BenchPanels;
import io.ilteo.modelkit.panel.Panel;
import io.ilteo.proto.model.v1.DataSpec;
import io.ilteo.proto.model.v1.HistoryBatch;
import io.ilteo.proto.model.v1.ModelVersion;
import io.ilteo.proto.satisfaction.v1.PredictSatisfactionRequest;
import io.ilteo.proto.satisfaction.v1.SatisfactionServiceGrpc;
import io.ilteo.proto.tuner.v1.CreateStudyRequest;
import io.ilteo.proto.tuner.v1.GetStudyRequest;
import io.ilteo.proto.tuner.v1.Study;
import io.ilteo.proto.tuner.v1.StudyServiceGrpc;
import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.proto.wage.v1.PredictWagesRequest;
import io.ilteo.proto.wage.v1.WageServiceGrpc;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Many clients that predict while studies run: what they get, how fast, and that nothing but "no
 * room, wait so long" is ever refused. Half of the clients ask each service.
 *
 * <p>The services are those at {@code ILTEO_WAGE_GRPC}, {@code ILTEO_SATISFACTION_GRPC} and {@code
 * ILTEO_TUNER_GRPC}; they must be nobody's.
 */
public final class LoadBench {
  private static final int SEED = 7;
  private static final int EPOCHS = 2;
  private static final int WAVES = 5;
  private static final int BUDGET = 10_000;
  private static final int CALL_LIMIT_SECONDS = 20;
  private static final Map<String, String> DEFAULTS =
      Map.of("clients", "200", "seconds", "20", "persons", "500");

  private final PrintStream out;
  private final Arguments arguments;
  private final Panel panel;

  private LoadBench(PrintStream out, Arguments arguments) throws Exception {
    this.out = out;
    this.arguments = arguments;
    this.panel = BenchPanels.synthetic(arguments.integer("persons"), SEED);
  }

  /**
   * Runs the benchmark; ends with 1 if a call failed for another reason than back-pressure.
   *
   * @param arguments {@code --clients 200 --seconds 20 --persons 500}
   */
  public static void main(String[] arguments) throws Exception {
    boolean clean = new LoadBench(System.out, new Arguments(arguments, DEFAULTS)).run();
    System.exit(clean ? 0 : 1);
  }

  /** A service, the study that trains on it, and what its clients ask. */
  private record Side(String address, String study, Consumer<ManagedChannel> request) {}

  private boolean run() throws Exception {
    ManagedChannel tuner = channel("ILTEO_TUNER_GRPC");
    try {
      List<Side> sides =
          List.of(
              side(tuner, "wage", "ILTEO_WAGE_GRPC"),
              side(tuner, "satisfaction", "ILTEO_SATISFACTION_GRPC"));
      for (Side side : sides) {
        awaitTraining(tuner, side.study());
      }
      int before = finished(tuner, sides);
      List<LoadCaller> callers = load(sides);
      int trials = finished(tuner, sides) - before;
      return report(callers, trials);
    } finally {
      tuner.shutdownNow();
    }
  }

  private static ManagedChannel channel(String variable) {
    return Grpc.newChannelBuilder(address(variable), InsecureChannelCredentials.create()).build();
  }

  private static String address(String variable) {
    String address = System.getenv(variable);
    if (address == null) {
      throw new IllegalArgumentException(variable + " is not set: where is the service?");
    }
    return address;
  }

  /** A champion to ask, and a study beside it. */
  private Side side(ManagedChannel tuner, String task, String variable) throws Exception {
    ManagedChannel channel = channel(variable);
    try {
      ModelServiceClient client = new ModelServiceClient(channel);
      String name = client.importPanel(client.synthesize(arguments.integer("persons"), SEED));
      ModelVersion version = client.register(client.train(name, SEED, EPOCHS));
      client.serve(version);
      HistoryBatch histories = histories(version.getInputColumnsList());
      Consumer<ManagedChannel> request =
          task.equals("wage") ? wages(histories) : classes(histories);
      return new Side(address(variable), study(tuner, task, name), request);
    } finally {
      channel.shutdownNow();
    }
  }

  private static Consumer<ManagedChannel> wages(HistoryBatch histories) {
    PredictWagesRequest request = PredictWagesRequest.newBuilder().setHistories(histories).build();
    return channel ->
        WageServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(CALL_LIMIT_SECONDS, TimeUnit.SECONDS)
            .predictWages(request);
  }

  private static Consumer<ManagedChannel> classes(HistoryBatch histories) {
    PredictSatisfactionRequest request =
        PredictSatisfactionRequest.newBuilder().setHistories(histories).build();
    return channel ->
        SatisfactionServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(CALL_LIMIT_SECONDS, TimeUnit.SECONDS)
            .predictSatisfaction(request);
  }

  /** One person whose last wage and satisfaction are known. */
  private HistoryBatch histories(List<String> columns) {
    PanelHistories source = new PanelHistories(panel, columns);
    for (int p = 0; p < panel.personCount(); p++) {
      int last = panel.start(p + 1) - 1;
      if (!Float.isNaN(panel.column("wage").value(last))
          && !Float.isNaN(panel.column("satisfaction").value(last))) {
        return source.batch().addPersons(source.person(p, last, WAVES)).build();
      }
    }
    throw new IllegalStateException("nobody of the panel can be asked about");
  }

  private static String study(ManagedChannel tuner, String task, String panel) {
    return studies(tuner)
        .createStudy(
            CreateStudyRequest.newBuilder()
                .setDisplayName("load " + task)
                .setStart(true)
                .setReason("a benchmark")
                .setSpec(
                    StudySpec.newBuilder()
                        .setTask(task)
                        .setData(DataSpec.newBuilder().setPanel(panel))
                        .setBudget(BUDGET)
                        .setParallelism(1)
                        .setSeed(SEED))
                .build())
        .getStudy()
        .getName();
  }

  private static StudyServiceGrpc.StudyServiceBlockingStub studies(ManagedChannel tuner) {
    return StudyServiceGrpc.newBlockingStub(tuner).withDeadlineAfter(1, TimeUnit.MINUTES);
  }

  private static Study get(ManagedChannel tuner, String study) {
    return studies(tuner).getStudy(GetStudyRequest.newBuilder().setName(study).build()).getStudy();
  }

  private static void awaitTraining(ManagedChannel tuner, String study)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (get(tuner, study).getProgress().getRunning() == 0) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(study + " does not begin");
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static int finished(ManagedChannel tuner, List<Side> sides) {
    return sides.stream()
        .mapToInt(side -> get(tuner, side.study()).getProgress().getCompleted())
        .sum();
  }

  private List<LoadCaller> load(List<Side> sides) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(arguments.integer("seconds"));
    List<LoadCaller> callers = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < arguments.integer("clients"); i++) {
      Side side = sides.get(i % sides.size());
      LoadCaller caller = new LoadCaller(side.address());
      callers.add(caller);
      threads.add(Thread.ofVirtual().start(() -> caller.run(side.request(), end)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return callers;
  }

  private boolean report(List<LoadCaller> callers, int trials) {
    Map<String, Integer> ends = new TreeMap<>();
    callers.forEach(caller -> caller.ends().forEach((end, n) -> ends.merge(end, n, Integer::sum)));
    long[] sorted =
        callers.stream()
            .flatMap(caller -> caller.nanos().stream())
            .mapToLong(n -> n)
            .sorted()
            .toArray();
    Map<String, Object> parameters = new TreeMap<>();
    parameters.put("clients", callers.size());
    parameters.put("seconds", arguments.integer("seconds"));
    double rate = (double) sorted.length / arguments.integer("seconds");
    out.println(Arguments.line("load_rps", rate, "1/s", parameters));
    out.println(Arguments.line("load_p50_ms", millis(sorted, 0.5), "ms", parameters));
    out.println(Arguments.line("load_p99_ms", millis(sorted, 0.99), "ms", parameters));
    out.println(Arguments.line("load_trials", trials, "trials", parameters));
    boolean clean = true;
    for (Map.Entry<String, Integer> end : ends.entrySet()) {
      Map<String, Object> of = new TreeMap<>(parameters);
      of.put("status", end.getKey());
      out.println(Arguments.line("load_calls", end.getValue(), "calls", of));
      clean &= end.getKey().equals("OK") || end.getKey().equals("RESOURCE_EXHAUSTED");
    }
    return clean && sorted.length > 0;
  }

  private static double millis(long[] sorted, double rank) {
    int index = (int) Math.ceil(rank * sorted.length) - 1;
    return sorted.length == 0 ? Double.NaN : sorted[Math.max(index, 0)] / 1e6;
  }
}
