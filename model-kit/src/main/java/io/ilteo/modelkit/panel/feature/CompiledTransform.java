package io.ilteo.modelkit.panel.feature;

import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.util.Arrays;

/**
 * A transform made ready to run many times: what follows from it is worked out once. For use by
 * many threads at once.
 */
public final class CompiledTransform {
  private final FeatureTransform transform;
  private final FeatureProgram program;
  private final FittedFeature[] features;

  /** Codes of each category, ascending: code k has index k + 1. */
  private final int[][] codes;

  private final int[] categoryColumns;
  private final int inputCount;

  CompiledTransform(FeatureTransform transform) {
    this.transform = transform;
    InputSchema schema = transform.schema();
    this.program =
        new FeatureProgram(
            schema, transform.set().features(schema), CellMeans.of(schema, transform.cells()));
    this.features = transform.features().toArray(FittedFeature[]::new);
    this.codes =
        transform.vocabularies().stream()
            .map(v -> v.codes().stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    this.categoryColumns =
        transform.vocabularies().stream().mapToInt(v -> schema.indexOf(v.column())).toArray();
    this.inputCount = transform.inputNames().size();
  }

  /**
   * One sequence a person, ending in their last wave, without targets.
   *
   * @throws InvalidArgument for a column that the model does not know
   */
  public Sequences sequences(Histories histories) {
    for (String column : histories.columns()) {
      if (!transform.schema().has(column)) {
        throw new InvalidArgument(
            "Unknown column '%s': the model knows %s.".formatted(column, transform.inputColumns()));
      }
    }
    return SequenceBuilder.of(this, histories);
  }

  /** The transform that this was made of. */
  public FeatureTransform transform() {
    return transform;
  }

  FeatureProgram program() {
    return program;
  }

  /** Float inputs of a person-year. */
  int inputs() {
    return inputCount;
  }

  /** Category inputs of a person-year. */
  int categories() {
    return categoryColumns.length;
  }

  /** Writes the inputs of one person-year. */
  void write(RowMatrix matrix, int row, PersonYear at, double[] raw) {
    int indicator = raw.length;
    for (int f = 0; f < raw.length; f++) {
      FittedFeature feature = features[f];
      matrix.setInput(row, f, feature.scale(raw[f]));
      if (feature.indicator()) {
        matrix.setInput(row, indicator++, Double.isNaN(raw[f]) ? 1f : 0f);
      }
    }
    for (int c = 0; c < categoryColumns.length; c++) {
      matrix.setCategory(row, c, indexOf(codes[c], at.value(categoryColumns[c])));
    }
  }

  /** Index of a code, 0 where it is missing, was rare or is not known. */
  private static int indexOf(int[] known, float code) {
    return Float.isNaN(code) ? 0 : Math.max(0, Arrays.binarySearch(known, (int) code) + 1);
  }
}
