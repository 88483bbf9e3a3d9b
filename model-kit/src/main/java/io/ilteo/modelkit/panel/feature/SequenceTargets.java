package io.ilteo.modelkit.panel.feature;

import io.ilteo.modelkit.panel.mapping.SatisfactionSpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is to be predicted, and what is known without a model, one entry a sequence.
 *
 * @param targetYears calendar years
 * @param wage nominal, NaN where absent or not counted
 * @param satisfaction source codes, NaN where absent or not counted
 * @param lastWage the last observed nominal wage at or before the last input, NaN where none
 * @param lastSatisfaction the last observed code, NaN where none
 * @param priceLevels price level of the last input year, 1 = the deflator's base
 */
@SuppressWarnings("ArrayRecordComponent")
record SequenceTargets(
    int[] targetYears,
    float[] wage,
    float[] satisfaction,
    float[] lastWage,
    float[] lastSatisfaction,
    float[] sex,
    float[] birthYears,
    double[] priceLevels,
    @Nullable SatisfactionSpec scale) {
  static SequenceTargets empty(int size, @Nullable SatisfactionSpec scale) {
    float[][] floats = new float[6][size];
    for (float[] each : floats) {
      Arrays.fill(each, Float.NaN);
    }
    return new SequenceTargets(
        new int[size],
        floats[0],
        floats[1],
        floats[2],
        floats[3],
        floats[4],
        floats[5],
        new double[size],
        scale);
  }
}
