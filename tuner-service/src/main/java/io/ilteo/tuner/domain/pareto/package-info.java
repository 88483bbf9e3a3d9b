/**
 * Several objectives at once: dominance, fronts, crowding, hypervolume. Every loss is minimised.
 */
@NullMarked
package io.ilteo.tuner.domain.pareto;

import org.jspecify.annotations.NullMarked;
