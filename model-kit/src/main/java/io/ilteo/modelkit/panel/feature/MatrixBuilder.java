package io.ilteo.modelkit.panel.feature;

import io.ilteo.modelkit.panel.fold.Fold;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Runs a transform over persons and scales what comes out into a matrix. */
final class MatrixBuilder {
  private final CompiledTransform transform;
  private final PersonSource persons;
  private final int[] starts;

  MatrixBuilder(CompiledTransform transform, PersonSource persons) {
    this.transform = transform;
    this.persons = persons;
    this.starts = new int[persons.personCount() + 1];
    for (int p = 0; p < persons.personCount(); p++) {
      starts[p + 1] = Math.addExact(starts[p], persons.years(p));
    }
  }

  private int rows() {
    return starts[persons.personCount()];
  }

  private long bytes() {
    return RowMatrix.bytes(rows(), transform.inputs(), transform.categories());
  }

  /** The matrix of persons whom a caller describes. */
  RowMatrix build() {
    return over(fill(RowMatrix.allocateOnHeap(bytes())));
  }

  /** The matrix of a fold, from {@code cache} where it is there. */
  RowMatrix build(Fold fold, @Nullable TensorCache cache) {
    return over(cache == null ? compute() : cache.get(key(fold), bytes(), this::compute));
  }

  private RowMatrix over(MemorySegment words) {
    return new RowMatrix(words, rows(), transform.inputs(), transform.categories());
  }

  private MemorySegment compute() {
    return fill(RowMatrix.allocate(bytes()));
  }

  private MemorySegment fill(MemorySegment words) {
    RowMatrix matrix = over(words);
    transform
        .program()
        .run(persons, (p, i, at, raw) -> transform.write(matrix, starts[p] + i, at, raw));
    return words;
  }

  /** Everything that the matrix of a fold depends on. */
  private String key(Fold fold) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(fold.panel().digest().getBytes(StandardCharsets.UTF_8));
      sha.update(transform.transform().toJson().getBytes(StandardCharsets.UTF_8));
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
