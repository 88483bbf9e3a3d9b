package io.ilteo.modelkit.bench;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.feature.FeatureSet;
import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.fold.Protocol;
import io.ilteo.modelkit.panel.fold.TestReading;
import io.ilteo.modelkit.panel.fold.WindowSpec;
import io.ilteo.modelkit.recurrent.SequenceNetwork;
import io.ilteo.modelkit.training.Hyperparameters;
import io.ilteo.modelkit.training.LearningProblem;
import io.ilteo.modelkit.training.ModelTask;
import io.ilteo.modelkit.training.ModelTask.Baseline;
import io.ilteo.modelkit.training.ModelTask.Baselines;
import io.ilteo.modelkit.training.PermutationImportance;
import io.ilteo.modelkit.training.PersonBootstrap;
import io.ilteo.modelkit.training.PersonBootstrap.Interval;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.Scored;
import io.ilteo.modelkit.training.TaskDescriptions;
import io.ilteo.modelkit.training.Trainer;
import io.ilteo.modelkit.training.TrainingPlan;
import io.ilteo.modelkit.training.TrainingResult;
import io.ilteo.modelkit.training.TrainingResult.Trained;
import io.ilteo.proto.model.v1.Architecture;
import io.ilteo.proto.model.v1.Direction;
import io.ilteo.proto.model.v1.MetricSpec;
import io.ilteo.proto.search.v1.Parameter;
import io.ilteo.proto.search.v1.ParameterValue;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Compares a task's models with its baselines on new persons: for each division of the panel,
 * random search on the validation fold, an ensemble of the best configuration, and one reading of
 * the test fold. Prints one JSON object a line; makes the tables of docs/models.md.
 */
public final class ModelsBench {
  private static final int PATIENCE = 5;
  private static final int REPLICATES = 1_000;
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("panel", "soep"),
          Map.entry("persons", "36000"),
          Map.entry("seeds", "5"),
          Map.entry("first-seed", "0"),
          Map.entry("architectures", ""),
          Map.entry("features", FeatureSet.PANEL_V1.id()),
          Map.entry("fixed", ""),
          Map.entry("metric", ""),
          Map.entry("classes", "0"),
          Map.entry("trials", "6"),
          Map.entry("ensemble", "3"),
          Map.entry("importance", "0"),
          Map.entry("epochs", "40"));

  private final ModelTask task;
  private final MetricSpec watched;
  private final List<String> reported;
  private final PrintStream out;
  private final Arguments arguments;
  private final Map<String, double[]> sums = new TreeMap<>();
  private FeatureSet features = FeatureSet.PANEL_V1;

  /**
   * A comparison of {@code task}'s models.
   *
   * @param reported metrics that are printed of everything
   * @param given {@code --panel soep|synthetic --persons N --seeds N --first-seed N --architectures
   *     A,B --features SET,... --classes N --fixed NAME=VALUE,... --metric NAME --trials N
   *     --ensemble N --epochs N}; {@code metric}, the task's primary one by default, is what epochs
   *     and configurations are chosen by
   */
  public ModelsBench(ModelTask task, List<String> reported, PrintStream out, String[] given) {
    this.task = task;
    this.reported = List.copyOf(reported);
    this.out = out;
    this.arguments = new Arguments(given, DEFAULTS);
    this.watched =
        TaskDescriptions.metric(task.description(), "--metric", arguments.text("metric"));
  }

  /** Runs the comparison. */
  public void run() throws IOException {
    Optional<Panel> panel =
        arguments.text("panel").equals("soep")
            ? BenchPanels.soep()
            : Optional.of(BenchPanels.synthetic(arguments.integer("persons"), 1));
    if (panel.isEmpty()) {
      System.err.println("skipped: the SOEP practice file is not there; set ILTEO_SHARED");
      return;
    }
    for (String features : arguments.text("features").split(",", -1)) {
      compare(panel.get(), FeatureSet.of(features));
    }
  }

  private void compare(Panel panel, FeatureSet features) {
    this.features = features;
    sums.clear();
    int classes = TaskDescriptions.targetClasses(task.description(), arguments.integer("classes"));
    int first = arguments.integer("first-seed");
    for (int seed = first; seed < first + arguments.integer("seeds"); seed++) {
      compare(
          PreparedData.of(
              panel,
              WindowSpec.standard(),
              Protocol.NEW_PERSONS,
              task.targets(panel, classes),
              features,
              seed),
          seed);
    }
    sums.forEach(
        (model, sum) ->
            print(watched.getName() + "_mean", sum[0] / sum[1], Map.of("model", model)));
  }

  private void compare(PreparedData data, long seed) {
    try (Baselines baselines = task.baselines(data)) {
      List<Candidate> candidates = new ArrayList<>();
      for (String architecture : architectures()) {
        candidates.add(tune(data, architecture(architecture), seed));
      }
      Sequences test =
          data.transform()
              .sequences(
                  data.folds().test().open(new TestReading("bench", "seed " + seed), r -> {}));
      List<Baseline> calibrations = baselines.score(data.validation());
      for (Baseline each : calibrations) {
        print(
            "validation_" + watched.getName(),
            value(each.scored().metrics()),
            Map.of("model", each.name(), "seed", seed));
      }
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
    importance(candidate, data, seed);
    int[] rows = scored.sequences();
    var intervals =
        new PersonBootstrap(rows.length, row -> test.personId(rows[row]), REPLICATES, seed)
            .intervals(scored, others);
    for (int k = 0; k < others.size(); k++) {
      for (String metric : reported) {
        Interval interval = intervals.differences().get(k).get(metric);
        if (interval != null) {
          Map<String, Object> of =
              Map.of("model", candidate.name, "minus", baselines.get(k).name(), "seed", seed);
          double other = others.get(k).metrics().getOrDefault(metric, Double.NaN);
          double own = scored.metrics().getOrDefault(metric, Double.NaN);
          print(metric + "_difference", own - other, of);
          print(metric + "_difference_lower", interval.lower(), of);
          print(metric + "_difference_upper", interval.upper(), of);
        }
      }
    }
  }

  private void importance(Candidate candidate, PreparedData data, long seed) {
    int repeats = arguments.integer("importance");
    if (repeats > 0) {
      new PermutationImportance(candidate.networks, candidate.problem, data)
          .measure(watched.getName(), minimizes(), repeats, seed)
          .importances()
          .forEach(
              each ->
                  print(
                      "importance",
                      each.worsening(),
                      Map.of("model", candidate.name, "input", each.source(), "seed", seed)));
    }
  }

  private void report(String model, Scored scored, long seed) {
    Map<String, Double> metrics = scored.metrics();
    for (String name : reported) {
      print(name, metrics.getOrDefault(name, Double.NaN), Map.of("model", model, "seed", seed));
    }
    double[] sum = sums.computeIfAbsent(model, unseen -> new double[2]);
    sum[0] += value(metrics);
    sum[1]++;
  }

  private List<String> architectures() {
    String chosen = arguments.text("architectures");
    return chosen.isEmpty()
        ? List.of(task.description().getDefaultArchitecture())
        : List.of(chosen.split(",", -1));
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
    List<Parameter> fixed = fixed(architecture);
    List<Parameter> best = fixed;
    double least = Double.POSITIVE_INFINITY;
    for (int trial = 0; trial < arguments.integer("trials"); trial++) {
      List<Parameter> parameters = merged(trial == 0 ? List.of() : configurations.next(), fixed);
      Optional<Trained> trained = train(data, problem(data, architecture, parameters), seed);
      double value = trained.map(t -> sign() * value(t.metrics())).orElse(Double.POSITIVE_INFINITY);
      print(
          "validation_" + watched.getName(),
          sign() * value,
          Map.of("model", architecture.getName(), "trial", trial, "seed", seed));
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
    TrainingPlan plan =
        new TrainingPlan(seed, epochs, PATIENCE, watched.getName(), minimizes(), epochs);
    EpochTimes times = new EpochTimes();
    TrainingResult result = new Trainer(data, problem, plan, times).train(Optional.empty());
    print(
        "epoch_ms",
        times.medianMillis(),
        Map.of("network", problem.network().encoder().toString()));
    return result instanceof Trained trained ? Optional.of(trained) : Optional.empty();
  }

  private double value(Map<String, Double> metrics) {
    return metrics.getOrDefault(watched.getName(), Double.NaN);
  }

  private boolean minimizes() {
    return watched.getDirection() == Direction.DIRECTION_MINIMIZE;
  }

  private double sign() {
    return minimizes() ? 1 : -1;
  }

  /** Values that every configuration of {@code architecture} shares. */
  private List<Parameter> fixed(Architecture architecture) {
    List<Parameter> fixed = new ArrayList<>();
    for (String pair : arguments.text("fixed").split(",", -1)) {
      int at = pair.indexOf('=');
      if (at > 0) {
        String name = pair.substring(0, at);
        String value = pair.substring(at + 1);
        architecture.getSearchSpace().getParametersList().stream()
            .filter(spec -> spec.getName().equals(name))
            .forEach(spec -> fixed.add(parameter(name, value, spec.getDefaultValue())));
      }
    }
    return fixed;
  }

  /** A parameter of the same kind as {@code like}. */
  private static Parameter parameter(String name, String text, ParameterValue like) {
    ParameterValue.Builder value = ParameterValue.newBuilder();
    switch (like.getKindCase()) {
      case DOUBLE_VALUE -> value.setDoubleValue(Double.parseDouble(text));
      case INTEGER_VALUE -> value.setIntegerValue(Long.parseLong(text));
      case STRING_VALUE, KIND_NOT_SET -> value.setStringValue(text);
    }
    return Parameter.newBuilder().setName(name).setValue(value).build();
  }

  private static List<Parameter> merged(List<Parameter> drawn, List<Parameter> fixed) {
    List<Parameter> merged = new ArrayList<>(drawn);
    merged.removeIf(each -> fixed.stream().anyMatch(f -> f.getName().equals(each.getName())));
    merged.addAll(fixed);
    return merged;
  }

  private void print(String name, double value, Map<String, ?> parameters) {
    Map<String, Object> all = new TreeMap<>(parameters);
    all.put("panel", arguments.text("panel"));
    all.put("features", features.id());
    out.println(Arguments.line(name, value, "1", all));
  }

  /** A tuned architecture. */
  private record Candidate(String name, LearningProblem problem, List<SequenceNetwork> networks) {
    Scored score(PreparedData data, Sequences scored) {
      return Trainer.score(networks, problem, data.training(), scored);
    }
  }
}
