package io.ilteo.wage.bench;

import io.ilteo.modelkit.bench.Arguments;
import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.feature.FeatureSet;
import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.fold.Protocol;
import io.ilteo.modelkit.panel.fold.TestReading;
import io.ilteo.modelkit.panel.fold.WindowSpec;
import io.ilteo.modelkit.recurrent.SequenceNetwork;
import io.ilteo.modelkit.training.Hyperparameters;
import io.ilteo.modelkit.training.LearningProblem;
import io.ilteo.modelkit.training.ModelTask.Baseline;
import io.ilteo.modelkit.training.ModelTask.Baselines;
import io.ilteo.modelkit.training.PersonBootstrap;
import io.ilteo.modelkit.training.PersonBootstrap.Interval;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.Scored;
import io.ilteo.modelkit.training.Trainer;
import io.ilteo.modelkit.training.TrainingPlan;
import io.ilteo.modelkit.training.TrainingResult;
import io.ilteo.modelkit.training.TrainingResult.Trained;
import io.ilteo.proto.model.v1.Architecture;
import io.ilteo.proto.search.v1.Parameter;
import io.ilteo.wage.WageTask;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Compares the wage service's models with its baselines on new persons: for each division of the
 * panel, random search on the validation fold, an ensemble of the best configuration, and one
 * reading of the test fold. Prints one JSON object a line; makes the tables of docs/models.md.
 */
public final class WageModelsBench {
  private static final String RMSE = "rmse";
  private static final int PATIENCE = 5;
  private static final int REPLICATES = 1_000;
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "panel", "soep",
          "persons", "36000",
          "seeds", "5",
          "first-seed", "0",
          "architectures", "lstm",
          "trials", "6",
          "ensemble", "3",
          "epochs", "40");

  private final PrintStream out;
  private final Arguments arguments;
  private final WageTask task = new WageTask();
  private final Map<String, double[]> sums = new TreeMap<>();

  private WageModelsBench(PrintStream out, Arguments arguments) {
    this.out = out;
    this.arguments = arguments;
  }

  /**
   * Runs the comparison.
   *
   * @param arguments {@code --panel soep|synthetic --persons N --seeds N --first-seed N
   *     --architectures A,B --trials N --ensemble N --epochs N}
   */
  public static void main(String[] arguments) throws IOException {
    new WageModelsBench(System.out, new Arguments(arguments, DEFAULTS)).run();
  }

  private void run() throws IOException {
    Optional<Panel> panel =
        arguments.text("panel").equals("soep")
            ? BenchPanels.soep()
            : Optional.of(BenchPanels.synthetic(arguments.integer("persons"), 1));
    if (panel.isEmpty()) {
      System.err.println("skipped: the SOEP practice file is not there; set ILTEO_SHARED");
      return;
    }
    int first = arguments.integer("first-seed");
    for (int seed = first; seed < first + arguments.integer("seeds"); seed++) {
      compare(
          PreparedData.of(
              panel.get(),
              WindowSpec.standard(),
              Protocol.NEW_PERSONS,
              task.targets(panel.get()),
              FeatureSet.PANEL_V1,
              seed),
          seed);
    }
    sums.forEach((model, sum) -> print("rmse_mean", sum[0] / sum[1], Map.of("model", model)));
  }

  private void compare(PreparedData data, long seed) {
    try (Baselines baselines = task.baselines(data)) {
      List<Candidate> candidates = new ArrayList<>();
      for (String architecture : arguments.text("architectures").split(",", -1)) {
        candidates.add(tune(data, architecture(architecture), seed));
      }
      Sequences test =
          data.transform()
              .sequences(
                  data.folds().test().open(new TestReading("bench", "seed " + seed), r -> {}));
      List<Baseline> calibrations = baselines.score(data.validation());
      List<Baseline> scored = baselines.score(test);
      List<Scored> others =
          IntStream.range(0, scored.size())
              .mapToObj(k -> scored.get(k).scored().calibrated(calibrations.get(k).scored()))
              .toList();
      for (int k = 0; k < others.size(); k++) {
        report(scored.get(k).name(), others.get(k), seed);
      }
      for (Candidate candidate : candidates) {
        report(candidate, data, test, scored, others, seed);
      }
    }
  }

  private void report(
      Candidate candidate,
      PreparedData data,
      Sequences test,
      List<Baseline> baselines,
      List<Scored> others,
      long seed) {
    Scored calibration = candidate.score(data, data.validation());
    Scored scored = candidate.score(data, test).calibrated(calibration);
    report(candidate.name, scored, seed);
    int[] rows = scored.sequences();
    var intervals =
        new PersonBootstrap(rows.length, row -> test.personId(rows[row]), REPLICATES, seed)
            .intervals(scored, others);
    for (int k = 0; k < others.size(); k++) {
      Interval interval = intervals.differences().get(k).get(RMSE);
      if (interval != null) {
        Map<String, Object> of =
            Map.of("model", candidate.name, "minus", baselines.get(k).name(), "seed", seed);
        print("rmse_difference", rmse(scored.metrics()) - rmse(others.get(k).metrics()), of);
        print("rmse_difference_lower", interval.lower(), of);
        print("rmse_difference_upper", interval.upper(), of);
      }
    }
  }

  private void report(String model, Scored scored, long seed) {
    Map<String, Double> metrics = scored.metrics();
    for (String name : List.of(RMSE, "mae", "r2", "coverage_80", "coverage_95")) {
      print(name, metrics.getOrDefault(name, Double.NaN), Map.of("model", model, "seed", seed));
    }
    double[] sum = sums.computeIfAbsent(model, unseen -> new double[2]);
    sum[0] += rmse(metrics);
    sum[1]++;
  }

  private Architecture architecture(String name) {
    return task.description().getArchitecturesList().stream()
        .filter(each -> each.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no architecture " + name));
  }

  /** The best of the default and some drawn configurations on the validation fold, as ensemble. */
  private Candidate tune(PreparedData data, Architecture architecture, long seed) {
    RandomConfigurations configurations =
        new RandomConfigurations(architecture.getSearchSpace(), 1_000 + seed);
    List<Parameter> best = List.of();
    double least = Double.POSITIVE_INFINITY;
    for (int trial = 0; trial < arguments.integer("trials"); trial++) {
      List<Parameter> parameters = trial == 0 ? List.of() : configurations.next();
      Optional<Trained> trained = train(data, problem(data, architecture, parameters), seed);
      double value = trained.map(t -> rmse(t.metrics())).orElse(Double.POSITIVE_INFINITY);
      if (value < least) {
        least = value;
        best = parameters;
      }
    }
    LearningProblem problem = problem(data, architecture, best);
    List<SequenceNetwork> networks = new ArrayList<>();
    for (int member = 0; member < arguments.integer("ensemble"); member++) {
      train(data, problem, 10_000 * (member + 1L) + seed)
          .ifPresent(trained -> networks.add(trained.network()));
    }
    return new Candidate(architecture.getName(), problem, networks);
  }

  private LearningProblem problem(
      PreparedData data, Architecture architecture, List<Parameter> parameters) {
    return task.problem(data, architecture.getName(), Hyperparameters.of(architecture, parameters));
  }

  private Optional<Trained> train(PreparedData data, LearningProblem problem, long seed) {
    int epochs = arguments.integer("epochs");
    TrainingPlan plan = new TrainingPlan(seed, epochs, PATIENCE, RMSE, true, epochs);
    TrainingResult result = new Trainer(data, problem, plan, new Silent()).train(Optional.empty());
    return result instanceof Trained trained ? Optional.of(trained) : Optional.empty();
  }

  private static double rmse(Map<String, Double> metrics) {
    return metrics.getOrDefault(RMSE, Double.NaN);
  }

  private void print(String name, double value, Map<String, ?> parameters) {
    Map<String, Object> all = new TreeMap<>(parameters);
    all.put("panel", arguments.text("panel"));
    out.println(Arguments.line(name, value, "panel unit", all));
  }

  /** A tuned architecture. */
  private record Candidate(String name, LearningProblem problem, List<SequenceNetwork> networks) {
    Scored score(PreparedData data, Sequences scored) {
      return Trainer.score(networks, problem, data.training(), scored);
    }
  }
}
