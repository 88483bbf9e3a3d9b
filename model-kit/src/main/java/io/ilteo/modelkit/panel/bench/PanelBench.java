package io.ilteo.modelkit.panel.bench;

import io.ilteo.modelkit.bench.Arguments;
import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.feature.FeatureSet;
import io.ilteo.modelkit.panel.feature.FeatureTransform;
import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.feature.TensorCache;
import io.ilteo.modelkit.panel.fold.Folds;
import io.ilteo.modelkit.panel.fold.OpenTestFold;
import io.ilteo.modelkit.panel.fold.Protocol;
import io.ilteo.modelkit.panel.fold.TargetSelection;
import io.ilteo.modelkit.panel.fold.TestReading;
import io.ilteo.modelkit.panel.fold.WindowSpec;
import io.ilteo.modelkit.panel.importing.ImportedPanel;
import io.ilteo.modelkit.panel.importing.PanelImport;
import io.ilteo.modelkit.panel.mapping.Mappings;
import io.ilteo.modelkit.panel.store.PanelFile;
import io.ilteo.modelkit.panel.synthetic.SyntheticPanel;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Times the way from a CSV file to a stored panel, and from a stored panel to the tensors of all
 * three folds. Prints one JSON object a line.
 *
 * <p>The store is a file of the same compressed chunks that PostgreSQL keeps, so that the figures
 * do not depend on a database; wall and CPU seconds, the first run of a fresh JVM, heap peak by the
 * pools' own count.
 */
public final class PanelBench {
  private static final Map<String, String> DEFAULTS = Map.of("persons", "36000", "seed", "1");

  private final PrintStream out;
  private final int persons;
  private final long seed;

  private PanelBench(PrintStream out, int persons, long seed) {
    this.out = out;
    this.persons = persons;
    this.seed = seed;
  }

  /**
   * Runs the benchmark.
   *
   * @param arguments {@code --persons 36000 --seed 1}
   */
  public static void main(String[] arguments) throws IOException {
    Arguments given = new Arguments(arguments, DEFAULTS);
    new PanelBench(System.out, given.integer("persons"), given.integer("seed")).run();
  }

  private void run() throws IOException {
    Path csv = Files.createTempFile("ilteo-bench", ".csv");
    Path stored = Files.createTempFile("ilteo-bench", ".panel");
    try {
      new SyntheticPanel(persons, seed).writeCsv(csv);
      System.gc();
      resetPeaks();
      Panel imported = importAndStore(csv, stored);
      long bytes = Files.size(csv);
      print("csv_mib", bytes / (double) (1 << 20), "MiB");
      print("person_years", imported.personYears(), "1");
      print("columns", imported.columns().size(), "1");
      imported = null;
      System.gc();
      tensors(stored);
      print("peak_heap_mib", peakHeapBytes() / (double) (1 << 20), "MiB");
    } finally {
      Files.delete(csv);
      Files.delete(stored);
    }
  }

  private Panel importAndStore(Path csv, Path stored) throws IOException {
    Stopwatch watch = new Stopwatch();
    ImportedPanel imported = PanelImport.read(csv, Mappings.named("klips-long"));
    PanelFile.write(imported.panel(), stored);
    watch.print("import");
    return imported.panel();
  }

  private void tensors(Path stored) throws IOException {
    Stopwatch watch = new Stopwatch();
    Panel panel = PanelFile.read(stored);
    Folds folds = split(panel);
    FeatureTransform transform = FeatureTransform.fit(folds.training(), FeatureSet.PANEL_V1);
    Sequences training = transform.sequences(folds.training());
    Sequences validation = transform.sequences(folds.validation());
    OpenTestFold test = folds.test().open(new TestReading("bench", "bench"), r -> {});
    Sequences tested = transform.sequences(test);
    watch.print("tensors");
    int sequences = training.size() + validation.size() + tested.size();
    print("sequences", sequences, "1");
    print("features", training.features(), "1");
    gather(training);
    tensorsAgain(panel);
  }

  /** What a later process pays for the folds that it trains on, their inputs being on disk. */
  private void tensorsAgain(Panel panel) throws IOException {
    Path folder = Files.createTempDirectory("ilteo-bench-tensors");
    try {
      prepare(panel, folder);
      Stopwatch watch = new Stopwatch();
      prepare(panel, folder);
      watch.print("tensors_again");
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private void prepare(Panel panel, Path folder) throws IOException {
    TensorCache cache = new TensorCache(folder, Long.MAX_VALUE, Clock.systemUTC());
    Folds folds = split(panel);
    FeatureTransform transform = FeatureTransform.fit(folds.training(), FeatureSet.PANEL_V1);
    transform.sequences(folds.training(), cache);
    transform.sequences(folds.validation(), cache);
  }

  private Folds split(Panel panel) {
    return Folds.split(
        panel,
        WindowSpec.standard(),
        Protocol.NEW_PERSONS,
        TargetSelection.both(panel.mapping()),
        seed);
  }

  /** One epoch's copying of batches out of the tensors. */
  private void gather(Sequences sequences) {
    float[] window = new float[sequences.steps() * sequences.features()];
    Stopwatch watch = new Stopwatch();
    double sum = 0;
    for (int i = 0; i < sequences.size(); i++) {
      sequences.copyInputs(i, window, 0);
      sum += window[window.length - 1];
    }
    watch.print("epoch_copy");
    if (Double.isNaN(sum)) {
      throw new IllegalStateException("An input is not a number.");
    }
  }

  private void print(String name, double value, String unit) {
    out.printf(
        Locale.ROOT,
        "{\"name\":\"%s\",\"value\":%.3f,\"unit\":\"%s\",\"params\":{\"persons\":%d,\"seed\":%d}}%n",
        name,
        value,
        unit,
        persons,
        seed);
  }

  private static void resetPeaks() {
    ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  private static long peakHeapBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }

  /** Wall and CPU time of this process since it was made. */
  private final class Stopwatch {
    private final long wall = System.nanoTime();
    private final long cpu = cpuNanos();

    void print(String name) {
      PanelBench.this.print(name + "_s", (System.nanoTime() - wall) / 1e9, "s");
      PanelBench.this.print(name + "_cpu_s", (cpuNanos() - cpu) / 1e9, "s");
    }

    private static long cpuNanos() {
      return ManagementFactory.getOperatingSystemMXBean()
              instanceof com.sun.management.OperatingSystemMXBean system
          ? system.getProcessCpuTime()
          : 0;
    }
  }
}
