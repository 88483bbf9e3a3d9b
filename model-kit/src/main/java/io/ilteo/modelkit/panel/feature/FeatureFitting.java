package io.ilteo.modelkit.panel.feature;

import io.ilteo.modelkit.panel.fold.TrainingFold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Learns a transform's figures from the input rows of a training fold: each row counts once. */
final class FeatureFitting {
  private static final int QUANTILE_SAMPLE_ROWS = 20_000;
  private static final double TAIL = 0.005;
  private static final double MISSING_FOR_INDICATOR = 0.001;
  private static final int RARE_BELOW_ROWS = 10;
  private static final double FLAT = 1e-9;

  private final InputSchema schema;
  private final FeatureSet set;
  private final PersonSource persons;
  private final List<Feature> features;

  private FeatureFitting(TrainingFold fold, InputSchema schema, FeatureSet set) {
    this.schema = schema;
    this.set = set;
    this.persons = PersonSource.of(fold, schema);
    this.features = set.features(schema);
  }

  static FeatureTransform fit(TrainingFold fold, FeatureSet set) {
    InputSchema schema = InputSchema.of(fold.panel());
    FeatureFitting fitting = new FeatureFitting(fold, schema, set);
    CellTable cells = fitting.cells();
    FeatureProgram program =
        new FeatureProgram(schema, fitting.features, CellMeans.of(schema, cells));
    return new FeatureTransform(
        set,
        fold.window(),
        schema,
        fitting.features(program),
        fitting.vocabularies(),
        cells,
        fold.panel().digest());
  }

  private CellTable cells() {
    List<String> columns = set.cellColumns(schema);
    CellMeans.Fitting fitting = new CellMeans.Fitting(schema, columns);
    if (!columns.isEmpty()) {
      new FeatureProgram(schema, List.of(), CellMeans.none())
          .run(persons, (person, i, at, raw) -> fitting.add(at));
    }
    return fitting.finish();
  }

  private List<Vocabulary> vocabularies() {
    List<String> names = set.categories(schema);
    int[] columns = names.stream().mapToInt(schema::indexOf).toArray();
    List<Map<Integer, Integer>> counts = new ArrayList<>();
    names.forEach(n -> counts.add(new TreeMap<>()));
    new FeatureProgram(schema, List.of(), CellMeans.none())
        .run(
            persons,
            (person, i, at, raw) -> {
              for (int c = 0; c < columns.length; c++) {
                float code = at.value(columns[c]);
                if (!Float.isNaN(code)) {
                  counts.get(c).merge((int) code, 1, Integer::sum);
                }
              }
            });
    List<Vocabulary> vocabularies = new ArrayList<>();
    for (int c = 0; c < columns.length; c++) {
      List<Integer> codes =
          counts.get(c).entrySet().stream()
              .filter(e -> e.getValue() >= RARE_BELOW_ROWS)
              .map(Map.Entry::getKey)
              .toList();
      vocabularies.add(new Vocabulary(names.get(c), codes));
    }
    return vocabularies;
  }

  private List<FittedFeature> features(FeatureProgram program) {
    double[][] caps = caps(program);
    int count = features.size();
    long[] present = new long[count];
    long[] rows = {0};
    double[] mean = new double[count];
    double[] squares = new double[count];
    program.run(
        persons,
        (person, i, at, raw) -> {
          rows[0]++;
          for (int f = 0; f < count; f++) {
            if (!Double.isNaN(raw[f])) {
              double value = Math.min(Math.max(raw[f], caps[f][0]), caps[f][1]);
              double delta = value - mean[f];
              mean[f] += delta / ++present[f];
              squares[f] += delta * (value - mean[f]);
            }
          }
        });
    List<FittedFeature> fitted = new ArrayList<>();
    for (int f = 0; f < count; f++) {
      double deviation = present[f] == 0 ? 0 : Math.sqrt(squares[f] / present[f]);
      double missing = rows[0] - present[f];
      boolean indicator =
          set.indicators()
              && features.get(f).indicated()
              && missing > MISSING_FOR_INDICATOR * rows[0];
      fitted.add(
          new FittedFeature(
              features.get(f).name(),
              caps[f][0],
              caps[f][1],
              mean[f],
              deviation < FLAT ? 1 : deviation,
              indicator));
    }
    return fitted;
  }

  /** Quantiles of an evenly spaced sample of rows: [features][low, high]. */
  private double[][] caps(FeatureProgram program) {
    long total = 0;
    for (int person = 0; person < persons.personCount(); person++) {
      total += persons.years(person);
    }
    int stride = (int) Math.max(1, total / QUANTILE_SAMPLE_ROWS);
    int count = features.size();
    double[][] sample = new double[count][(int) (total / stride) + 1];
    int[] sizes = new int[count];
    long[] row = {0};
    program.run(
        persons,
        (person, i, at, raw) -> {
          if (row[0]++ % stride == 0) {
            for (int f = 0; f < count; f++) {
              if (!Double.isNaN(raw[f])) {
                sample[f][sizes[f]++] = raw[f];
              }
            }
          }
        });
    double[][] caps = new double[count][];
    for (int f = 0; f < count; f++) {
      Arrays.sort(sample[f], 0, sizes[f]);
      caps[f] =
          sizes[f] == 0
              ? new double[] {0, 0}
              : new double[] {
                sample[f][(int) (TAIL * (sizes[f] - 1))],
                sample[f][(int) Math.ceil((1 - TAIL) * (sizes[f] - 1))]
              };
    }
    return caps;
  }
}
