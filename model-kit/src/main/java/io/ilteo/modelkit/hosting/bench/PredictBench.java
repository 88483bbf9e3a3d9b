package io.ilteo.modelkit.hosting.bench;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.ilteo.modelkit.bench.Arguments;
import io.ilteo.modelkit.bench.BenchPanels;
import io.ilteo.modelkit.panel.Panel;
import io.ilteo.proto.model.v1.HistoryBatch;
import io.ilteo.proto.model.v1.ModelVersion;
import io.ilteo.proto.model.v1.PersonHistory;
import io.ilteo.proto.satisfaction.v1.PredictSatisfactionRequest;
import io.ilteo.proto.satisfaction.v1.SatisfactionServiceGrpc;
import io.ilteo.proto.wage.v1.PredictWagesRequest;
import io.ilteo.proto.wage.v1.WageServiceGrpc;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Times predictions of both services over gRPC on loopback, as a caller sees them: one person a
 * request from many callers at once, with and without a training beside it, and whole batches.
 *
 * <p>The services are those at {@code ILTEO_WAGE_GRPC} and {@code ILTEO_SATISFACTION_GRPC}; it
 * imports a panel there, trains, and makes the result champion, so they must be nobody's.
 */
public final class PredictBench {
  private static final int SEED = 7;
  private static final int EPOCHS = 3;
  private static final int WAVES = 5;
  private static final int BATCH = 10_000;
  private static final int LARGEST_MESSAGE = 64 << 20;
  private static final Map<String, String> DEFAULTS =
      Map.of("callers", "32", "seconds", "20", "persons", "2000", "service", "both");

  private final PrintStream out;
  private final Arguments arguments;
  private final Panel panel;

  private PredictBench(PrintStream out, Arguments arguments) throws Exception {
    this.out = out;
    this.arguments = arguments;
    this.panel = BenchPanels.synthetic(arguments.integer("persons"), SEED);
  }

  /**
   * Runs the benchmark.
   *
   * @param arguments {@code --callers 32 --seconds 20 --persons 2000 --service
   *     wage|satisfaction|both}
   */
  public static void main(String[] arguments) throws Exception {
    new PredictBench(System.out, new Arguments(arguments, DEFAULTS)).run();
  }

  private void run() throws Exception {
    if (!arguments.text("service").equals("satisfaction")) {
      measure("wage", "ILTEO_WAGE_GRPC", PredictBench::wages);
    }
    if (!arguments.text("service").equals("wage")) {
      measure("satisfaction", "ILTEO_SATISFACTION_GRPC", PredictBench::classes);
    }
  }

  /** Predicts a batch; answers with how many persons it got an answer for. */
  private interface Predictor {
    ListenableFuture<Integer> predict(HistoryBatch batch);
  }

  private static Predictor wages(ManagedChannel channel) {
    var stub = WageServiceGrpc.newFutureStub(channel);
    return batch ->
        Futures.transform(
            stub.predictWages(PredictWagesRequest.newBuilder().setHistories(batch).build()),
            response -> response.getPredictionsCount(),
            MoreExecutors.directExecutor());
  }

  private static Predictor classes(ManagedChannel channel) {
    var stub = SatisfactionServiceGrpc.newFutureStub(channel);
    return batch ->
        Futures.transform(
            stub.predictSatisfaction(
                PredictSatisfactionRequest.newBuilder().setHistories(batch).build()),
            response -> response.getPredictionsCount(),
            MoreExecutors.directExecutor());
  }

  private void measure(
      String service, String variable, Function<ManagedChannel, Predictor> predictors)
      throws Exception {
    String address = System.getenv(variable);
    if (address == null) {
      throw new IllegalArgumentException(variable + " is not set: where is the service?");
    }
    ManagedChannel channel =
        Grpc.newChannelBuilder(address, InsecureChannelCredentials.create())
            .maxInboundMessageSize(LARGEST_MESSAGE)
            // Counting an answer needs no thread of its own, which the service would wait for.
            .directExecutor()
            .build();
    try {
      ModelServiceClient client = new ModelServiceClient(channel);
      String name = client.importPanel(client.synthesize(arguments.integer("persons"), SEED));
      ModelVersion version = client.register(client.train(name, SEED, EPOCHS));
      client.serve(version);
      List<HistoryBatch> single = persons(version.getInputColumnsList(), 1);
      Predictor predictor = predictors.apply(channel);
      one(service, predictor, single, false);
      try (BackgroundTraining training = BackgroundTraining.start(channel, name, SEED + 1L)) {
        epochs(service, training, false, () -> rest(arguments.integer("seconds")));
        epochs(service, training, true, () -> one(service, predictor, single, true));
        if (!training.isRunning()) {
          throw new IllegalStateException("the training ended while predictions were measured");
        }
      }
      batches(service, predictor, persons(version.getInputColumnsList(), BATCH).getFirst());
    } finally {
      channel.shutdownNow();
    }
  }

  /** Requests of so many persons: the panel's, over and over, at their last known wage. */
  private List<HistoryBatch> persons(List<String> columns, int size) {
    PanelHistories source = new PanelHistories(panel, columns);
    List<PersonHistory> known = new ArrayList<>();
    for (int p = 0; p < panel.personCount(); p++) {
      int last = panel.start(p + 1) - 1;
      if (!Float.isNaN(panel.column("wage").value(last))
          && !Float.isNaN(panel.column("satisfaction").value(last))) {
        known.add(source.person(p, last, WAVES));
      }
    }
    if (size == 1) {
      return known.stream().map(each -> source.batch().addPersons(each).build()).toList();
    }
    HistoryBatch.Builder batch = source.batch();
    for (int i = 0; i < size; i++) {
      batch.addPersons(known.get(i % known.size()));
    }
    return List.of(batch.build());
  }

  /** Something that takes its time. */
  private interface Work {
    void run() throws Exception;
  }

  private static void rest(int seconds) {
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(seconds));
  }

  /** How fast the training goes on beside {@code work}. */
  private void epochs(String service, BackgroundTraining training, boolean predicting, Work work)
      throws Exception {
    int before = training.epochs();
    long start = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    out.println(
        Arguments.line(
            "training_epochs_per_s",
            (training.epochs() - before) / seconds,
            "1/s",
            Map.of("service", service, "predicting", predicting ? "yes" : "no")));
  }

  private void one(
      String service, Predictor predictor, List<HistoryBatch> requests, boolean training)
      throws Exception {
    int callers = arguments.integer("callers");
    double seconds = arguments.integer("seconds");
    IntFunction<ListenableFuture<Integer>> call =
        number -> predictor.predict(requests.get(number % requests.size()));
    ClosedLoop.run(call, callers, seconds); // warms up
    ClosedLoop.Latencies latencies = ClosedLoop.run(call, callers, seconds);
    Map<String, Object> parameters = new TreeMap<>();
    parameters.put("service", service);
    parameters.put("callers", callers);
    parameters.put("training", training ? "yes" : "no");
    out.println(Arguments.line("predict_rps", latencies.perSecond(), "1/s", parameters));
    out.println(Arguments.line("predict_p50_ms", latencies.millis(0.5), "ms", parameters));
    out.println(Arguments.line("predict_p99_ms", latencies.millis(0.99), "ms", parameters));
  }

  private void batches(String service, Predictor predictor, HistoryBatch batch) throws Exception {
    List<Double> seconds = new ArrayList<>();
    long start = System.nanoTime();
    while ((System.nanoTime() - start) / 1e9 < 2.0 * arguments.integer("seconds")) {
      long begun = System.nanoTime();
      int answered = predictor.predict(batch).get();
      if (answered != BATCH) {
        throw new IllegalStateException(BATCH + " persons asked about, answered: " + answered);
      }
      seconds.add((System.nanoTime() - begun) / 1e9);
    }
    // The first half warms up.
    List<Double> sorted =
        seconds.subList(seconds.size() / 2, seconds.size()).stream().sorted().toList();
    double median = sorted.get(sorted.size() / 2);
    out.println(
        Arguments.line(
            "batch_persons_per_s",
            BATCH / median,
            "1/s",
            Map.of("service", service, "persons", BATCH)));
  }
}
