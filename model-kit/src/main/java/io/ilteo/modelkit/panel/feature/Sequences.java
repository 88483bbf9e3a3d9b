package io.ilteo.modelkit.panel.feature;

import io.ilteo.modelkit.panel.mapping.SatisfactionSpec;
import java.util.List;

/**
 * Sequences ready for a network: n windows of {@link #steps} calendar years, {@link #features}
 * float inputs and {@link #categories} category indices a step, masks, and targets.
 *
 * <p>Immutable. Person-years are kept once, off-heap; windows are laid over them when they are
 * copied out, so that a batch costs one copy. Masked steps are all zero.
 */
public final class Sequences {
  private final FeatureTransform transform;
  private final RowMatrix matrix;
  private final int[] stepRows;
  private final String[] ids;
  private final SequenceTargets targets;
  private final int steps;

  Sequences(
      FeatureTransform transform,
      RowMatrix matrix,
      int[] stepRows,
      String[] ids,
      SequenceTargets targets) {
    this.transform = transform;
    this.matrix = matrix;
    this.stepRows = stepRows;
    this.ids = ids;
    this.targets = targets;
    this.steps = transform.window().length();
  }

  /** Number of sequences. */
  public int size() {
    return ids.length;
  }

  /** Steps of a sequence; step {@code steps() − 1} is the last input year, always observed. */
  public int steps() {
    return steps;
  }

  /** Float inputs of a step. */
  public int features() {
    return matrix.features();
  }

  /** Category inputs of a step. */
  public int categories() {
    return matrix.categories();
  }

  /** Names of the float inputs, in order. */
  public List<String> featureNames() {
    return transform.inputNames();
  }

  /** Names of the category inputs, in order. */
  public List<String> categoryNames() {
    return transform.vocabularies().stream().map(Vocabulary::column).toList();
  }

  /** Number of different indices of each category input; index 0 means missing or unknown. */
  public int[] cardinalities() {
    return transform.vocabularies().stream().mapToInt(Vocabulary::cardinality).toArray();
  }

  /** Whether the person was interviewed in step {@code step} of sequence {@code i}. */
  public boolean observed(int i, int step) {
    return stepRows[i * steps + step] >= 0;
  }

  /**
   * Copies the float inputs of sequence {@code i} into {@code target} from {@code offset}: [steps ×
   * features], step by step.
   */
  public void copyInputs(int i, float[] target, int offset) {
    int features = features();
    for (int step = 0; step < steps; step++) {
      int row = stepRows[i * steps + step];
      int at = offset + step * features;
      if (row >= 0) {
        matrix.copyInputs(row, target, at);
      } else {
        java.util.Arrays.fill(target, at, at + features, 0f);
      }
    }
  }

  /** Copies the category indices of sequence {@code i}: [steps × categories], step by step. */
  public void copyCategories(int i, int[] target, int offset) {
    int categories = categories();
    for (int step = 0; step < steps; step++) {
      int row = stepRows[i * steps + step];
      int at = offset + step * categories;
      if (row >= 0) {
        matrix.copyCategories(row, target, at);
      } else {
        java.util.Arrays.fill(target, at, at + categories, 0);
      }
    }
  }

  /** Copies the mask of sequence {@code i}: [steps], 1 where observed, else 0. */
  public void copyMask(int i, float[] target, int offset) {
    for (int step = 0; step < steps; step++) {
      target[offset + step] = observed(i, step) ? 1f : 0f;
    }
  }

  /** All float inputs as one new array [n × steps × features]; for small n. */
  public float[] inputs() {
    float[] all = new float[Math.multiplyExact(size(), steps * features())];
    for (int i = 0; i < size(); i++) {
      copyInputs(i, all, i * steps * features());
    }
    return all;
  }

  /** All category indices as one new array [n × steps × categories]; for small n. */
  public int[] categoryIndices() {
    int[] all = new int[Math.multiplyExact(size(), steps * categories())];
    for (int i = 0; i < size(); i++) {
      copyCategories(i, all, i * steps * categories());
    }
    return all;
  }

  /** The whole mask as one new array [n × steps]. */
  public float[] mask() {
    float[] all = new float[Math.multiplyExact(size(), steps)];
    for (int i = 0; i < size(); i++) {
      copyMask(i, all, i * steps);
    }
    return all;
  }

  /** Id of the person, the unit of bootstrap intervals. Sequences are grouped by person. */
  public String personId(int i) {
    return ids[i];
  }

  /** Calendar year of the target. */
  public int targetYear(int i) {
    return targets.targetYears()[i];
  }

  /** Whether sequence {@code i} has a wage to learn from or be scored on. */
  public boolean hasWage(int i) {
    return !Float.isNaN(targets.wage()[i]);
  }

  /** Target wage, nominal, in the mapping's unit; NaN where there is none. */
  public float wage(int i) {
    return targets.wage()[i];
  }

  /** Whether sequence {@code i} has a satisfaction to learn from or be scored on. */
  public boolean hasSatisfaction(int i) {
    return !Float.isNaN(targets.satisfaction()[i]);
  }

  /**
   * Target class in the mapping's folding into {@code classes}, 0 = least satisfied; −1 where there
   * is none.
   */
  public int satisfactionClass(int i, int classes) {
    return classOf(targets.satisfaction()[i], classes);
  }

  /** The last observed wage at or before the last input, nominal; NaN where there is none. */
  public float lastWage(int i) {
    return targets.lastWage()[i];
  }

  /**
   * Class of the last observed satisfaction at or before the last input; −1 where there is none.
   */
  public int lastSatisfactionClass(int i, int classes) {
    return classOf(targets.lastSatisfaction()[i], classes);
  }

  private int classOf(float code, int classes) {
    SatisfactionSpec scale = targets.scale();
    return scale == null || Float.isNaN(code) ? -1 : scale.classOf(code, classes);
  }

  /**
   * Price level of the last input year, 1 = the deflator's base year. Targets are deflated by it,
   * not by the target year's own level, which is not known when a prediction is made.
   */
  public double priceLevel(int i) {
    return targets.priceLevels()[i];
  }

  /** Code of the person's sex, for metrics by group; NaN where unknown. */
  public float sex(int i) {
    return targets.sex()[i];
  }

  /** Year of birth, for metrics by cohort; NaN where unknown. */
  public float birthYear(int i) {
    return targets.birthYears()[i];
  }

  /** The transform that made these inputs. */
  public FeatureTransform transform() {
    return transform;
  }
}
