package io.ilteo.modelkit.panel.feature;

import io.ilteo.modelkit.panel.fold.Fold;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a transform over persons and scales what comes out into a matrix. */
final class MatrixBuilder {
  private final FeatureTransform transform;
  private final PersonSource persons;
  private final int[] starts;
  private final int features;
  private final List<FittedFeature> fitted;
  private final List<Vocabulary> vocabularies;
  private final int[] categoryColumns;

  MatrixBuilder(FeatureTransform transform, PersonSource persons) {
    this.transform = transform;
    this.persons = persons;
    this.starts = new int[persons.personCount() + 1];
    for (int p = 0; p < persons.personCount(); p++) {
      starts[p + 1] = Math.addExact(starts[p], persons.years(p));
    }
    this.features = transform.inputNames().size();
    this.fitted = transform.features();
    this.vocabularies = transform.vocabularies();
    this.categoryColumns =
        vocabularies.stream().mapToInt(v -> transform.schema().indexOf(v.column())).toArray();
  }

  private int rows() {
    return starts[persons.personCount()];
  }

  private long bytes() {
    return RowMatrix.bytes(rows(), features, vocabularies.size());
  }

  RowMatrix build() {
    return over(compute());
  }

  /** The matrix of a fold, from {@code cache} where it is there. */
  RowMatrix build(Fold fold, @Nullable TensorCache cache) {
    return cache == null ? build() : over(cache.get(key(fold), bytes(), this::compute));
  }

  private RowMatrix over(MemorySegment words) {
    return new RowMatrix(words, rows(), features, vocabularies.size());
  }

  private MemorySegment compute() {
    MemorySegment words = RowMatrix.allocate(bytes());
    RowMatrix matrix = over(words);
    transform.program().run(persons, (p, i, at, raw) -> set(matrix, starts[p] + i, at, raw));
    return words;
  }

  private void set(RowMatrix matrix, int row, PersonYear at, double[] raw) {
    int indicator = raw.length;
    for (int f = 0; f < raw.length; f++) {
      FittedFeature feature = fitted.get(f);
      matrix.setInput(row, f, feature.scale(raw[f]));
      if (feature.indicator()) {
        matrix.setInput(row, indicator++, Double.isNaN(raw[f]) ? 1f : 0f);
      }
    }
    for (int c = 0; c < categoryColumns.length; c++) {
      matrix.setCategory(row, c, vocabularies.get(c).indexOf(at.value(categoryColumns[c])));
    }
  }

  /** Everything that the matrix of a fold depends on. */
  private String key(Fold fold) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(fold.panel().digest().getBytes(StandardCharsets.UTF_8));
      sha.update(transform.toJson().getBytes(StandardCharsets.UTF_8));
      ByteBuffer rows = ByteBuffer.allocate(2 * Integer.BYTES * fold.size());
      for (int i = 0; i < fold.size(); i++) {
        rows.putInt(fold.person(i)).putInt(fold.inputRow(i));
      }
      sha.update(rows.flip());
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
