package io.ilteo.modelkit.panel.fold;

import io.ilteo.modelkit.panel.Panel;

/**
 * A part of a panel's sequences whose contents may be seen.
 *
 * <p>Transforms are fitted on a {@link TrainingFold} only, by type; the {@link TestFold} is not a
 * {@code Fold} until it has been opened, on record.
 */
public abstract sealed class Fold permits TrainingFold, ValidationFold, OpenTestFold {
  private final Samples samples;

  Fold(Samples samples) {
    this.samples = samples;
  }

  /** The panel that the row numbers belong to. */
  public Panel panel() {
    return samples.panel();
  }

  public WindowSpec window() {
    return samples.window();
  }

  /** Which targets count. */
  public TargetSelection targets() {
    return samples.targets();
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
   * Panel index of the person of sequence {@code i}. Sequences are grouped by person, years rising.
   */
  public int person(int i) {
    return samples.person(i);
  }

  /** Row of the last input of sequence {@code i}. */
  public int inputRow(int i) {
    return samples.inputRow(i);
  }

  /** Row of the target of sequence {@code i}. */
  public int targetRow(int i) {
    return samples.targetRow(i);
  }
}
