package io.ilteo.modelkit.panel.importing;

import io.ilteo.modelkit.panel.mapping.Range;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What makes a source value a panel value.
 *
 * @param missing codes that mean "missing"
 * @param range accepted source values, or null
 * @param recode code to value; empty for none
 * @param known codes accepted; empty for any
 * @param floorDivide divisor, or 0 for none
 */
record CellRules(
    List<Double> missing,
    @Nullable Range range,
    Map<Double, Double> recode,
    List<Double> known,
    double floorDivide,
    boolean yearsSince) {}
