package io.ilteo.modelkit.panel.fold;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The sequences that a chosen model is scored on, once.
 *
 * <p>It shows its size and nothing else. {@link #open} hands the contents out after the reading has
 * been put on record.
 */
public final class TestFold {
  private final Samples samples;
  private final AtomicBoolean opened = new AtomicBoolean();

  TestFold(Samples samples) {
    this.samples = samples;
  }

  /** Number of sequences. */
  public int size() {
    return samples.size();
  }

  /** Number of different persons. */
  public int personCount() {
    return samples.distinctPersons();
  }

  /**
   * Opens the fold.
   *
   * @param reading who reads it and why
   * @param record puts the reading on record; where it throws, the fold stays closed
   * @throws IllegalStateException if this fold was opened before
   */
  public OpenTestFold open(TestReading reading, Consumer<TestReading> record) {
    record.accept(reading);
    if (!opened.compareAndSet(false, true)) {
      throw new IllegalStateException("The test fold was read before; it is read once.");
    }
    return new OpenTestFold(samples);
  }
}
