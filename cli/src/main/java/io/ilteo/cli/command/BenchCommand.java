package io.ilteo.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ilteo.cli.platform.Cleanup;
import io.ilteo.cli.platform.JvmArguments;
import io.ilteo.cli.platform.PlatformException;
import io.ilteo.cli.platform.TemporaryDatabase;
import io.ilteo.cli.platform.TemporaryPlatform;
import io.ilteo.cli.platform.TemporaryTuners;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs a benchmark in a JVM of its own, with the class path of the module that has it. */
@Command(
    name = "bench",
    description = "Runs a benchmark: a table for people, with --json one JSON object a line.",
    footer = {
      "",
      "Examples:",
      "  ./ilteo bench train",
      "  ./ilteo bench kernels --json -- StageBenchmark -p kind=LSTM",
      "  ./ilteo bench panel --json",
      "  ./ilteo bench predict --json -- --service wage --callers 32",
      "  ./ilteo bench load --json -- --clients 200 --seconds 20",
      "  ./ilteo bench suggest --json -- --trials 1000",
      "  ./ilteo bench startup --json -- --runs 5"
    })
final class BenchCommand extends PlatformCommand {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where a benchmark lives: its module and its main class. */
  private record Benchmark(String module, String mainClass) {
    /** Of the module's Quarkus application, or of the module itself where it has none. */
    String classPath(Path projectRoot) throws IOException {
      Path target = projectRoot.resolve(module).resolve("target");
      Path application = target.resolve("quarkus-app");
      if (Files.isDirectory(application)) {
        return "%1$s/app/*:%1$s/lib/main/*:".formatted(application)
            + bootLibraries(application.resolve("lib/boot"));
      }
      Path libraries = target.resolve("class-path");
      if (Files.isRegularFile(libraries)) {
        return target.resolve("classes") + ":" + Files.readString(libraries).strip();
      }
      throw new PlatformException("Not built: " + application + " is missing.");
    }

    /**
     * All but Quarkus' own start: it formats and keeps messages of every level until Quarkus has
     * read how to log, and in a benchmark that never happens.
     */
    private static String bootLibraries(Path folder) throws IOException {
      try (Stream<Path> jars = Files.list(folder)) {
        return jars.map(Path::toString)
            .filter(jar -> !jar.contains("quarkus-bootstrap-runner"))
            .collect(Collectors.joining(":"));
      }
    }
  }

  /** Benchmarks that are clients of running services, which must be nobody's. */
  private static final Set<String> OF_SERVICES = Set.of("predict", "load");

  /** Benchmarks that are clients of tuner replicas. */
  private static final Set<String> OF_TUNERS = Set.of("queue", "origin-study");

  /** Benchmarks that need an empty database. */
  private static final Set<String> OF_DATABASES = Set.of("capacity");

  /** Of whole processes, so in none of their class paths. */
  private static final String STARTUP = "startup";

  private static final Map<String, Benchmark> BENCHMARKS =
      new TreeMap<>(
          Map.ofEntries(
              entry("train", "wage-service", "io.ilteo.modelkit.recurrent.bench.TrainBench"),
              entry("kernels", "kernel-bench", "io.ilteo.kernelbench.KernelBench"),
              entry("panel", "wage-service", "io.ilteo.modelkit.panel.bench.PanelBench"),
              entry("predict", "wage-service", "io.ilteo.modelkit.hosting.bench.PredictBench"),
              entry("load", "wage-service", "io.ilteo.modelkit.hosting.bench.LoadBench"),
              entry("origin-study", "wage-service", "io.ilteo.wage.bench.OriginStudyBench"),
              entry("origin-epoch", "wage-service", "io.ilteo.wage.bench.OriginEpochBench"),
              entry("wage-models", "wage-service", "io.ilteo.wage.bench.WageModelsBench"),
              entry(
                  "satisfaction-models",
                  "satisfaction-service",
                  "io.ilteo.satisfaction.bench.SatisfactionModelsBench"),
              entry("suggest", "tuner-service", "io.ilteo.tuner.bench.SuggestBench"),
              entry("queue", "tuner-service", "io.ilteo.tuner.bench.QueueBench"),
              entry("regret", "tuner-service", "io.ilteo.tuner.bench.RegretBench"),
              entry("pruning", "tuner-service", "io.ilteo.tuner.bench.PruningBench"),
              entry("capacity", "tuner-service", "io.ilteo.tuner.bench.CapacityBench")));

  private static Map.Entry<String, Benchmark> entry(String name, String module, String mainClass) {
    return Map.entry(name, new Benchmark(module, mainClass));
  }

  /** The names of all benchmarks, for the help text. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.concat(BENCHMARKS.keySet().stream(), Stream.of(STARTUP)).sorted().iterator();
    }
  }

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description = "Which benchmark: ${COMPLETION-CANDIDATES}.")
  private String name = "";

  @Parameters(index = "1..*", paramLabel = "ARG", description = "Passed to the benchmark.")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    if (name.equals(STARTUP)) {
      return new StartupBench(out(), this::printJson).run(home().projectRoot(), arguments, json);
    }
    Benchmark benchmark = BENCHMARKS.get(name);
    if (benchmark == null) {
      throw wrongUsage(
          "no benchmark \"%s\"; there are %s and %s".formatted(name, BENCHMARKS.keySet(), STARTUP));
    }
    if (OF_TUNERS.contains(name) && arguments.stream().noneMatch(a -> a.startsWith("--target"))) {
      try (TemporaryTuners tuners = TemporaryTuners.start(home().projectRoot())) {
        return run(benchmark, tuners.addresses());
      }
    }
    if (OF_DATABASES.contains(name)) {
      try (TemporaryDatabase database = TemporaryDatabase.start(home().subfolder("programs"))) {
        return run(benchmark, database.environment("tuner"));
      }
    }
    if (!OF_SERVICES.contains(name)) {
      return run(benchmark, Map.of());
    }
    try (TemporaryPlatform platform = TemporaryPlatform.start(home().projectRoot())) {
      return run(benchmark, platform.addresses());
    }
  }

  private int run(Benchmark benchmark, Map<String, String> environment) throws IOException {
    Process process = start(benchmark, environment);
    try (Cleanup ended = new Cleanup(process::destroy);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        show(line);
      }
      return process.waitFor() == 0 ? 0 : Failures.FAILED;
    } catch (InterruptedException interrupted) {
      process.destroy();
      Thread.currentThread().interrupt();
      return Failures.FAILED;
    }
  }

  private Process start(Benchmark benchmark, Map<String, String> environment) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(JvmArguments.read());
    line.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    line.add("-Xmx2g");
    if (OF_SERVICES.contains(name)) {
      // A client's own collections would count as latencies of the service.
      line.addAll(List.of("-XX:+UseSerialGC", "-Xmn768m"));
    }
    line.add("-cp");
    line.add(benchmark.classPath(home().projectRoot()));
    line.add(benchmark.mainClass());
    line.add("--json");
    line.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("OPENBLAS_NUM_THREADS", "1");
    builder.environment().put("ILTEO_ROOT", home().projectRoot().toString());
    builder.environment().putAll(environment);
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private void show(String line) throws IOException {
    if (json || !line.startsWith("{")) {
      if (!json || line.startsWith("{")) {
        out().println(line);
      }
      return;
    }
    JsonNode row = JSON.readTree(line);
    StringBuilder parameters = new StringBuilder();
    row.path("params")
        .properties()
        .forEach(
            p ->
                parameters
                    .append(p.getKey())
                    .append('=')
                    .append(p.getValue().asText())
                    .append(' '));
    out()
        .printf(
            "%-24s %14.5g %-12s %s%n",
            row.path("name").asText(),
            row.path("value").asDouble(),
            row.path("unit").asText(),
            parameters.toString().strip());
  }
}
