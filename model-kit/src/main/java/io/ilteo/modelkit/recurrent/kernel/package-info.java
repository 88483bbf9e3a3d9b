/**
 * Stages of a network on off-heap memory: forward and backward passes, fused and vectorised.
 *
 * <p>A sequence of T steps of B persons is a matrix of T·B rows, time-major: row t·B + b is step t
 * of person b, its values side by side. Weights are column-major, as Deeplearning4j keeps them.
 */
@NullMarked
package io.ilteo.modelkit.recurrent.kernel;

import org.jspecify.annotations.NullMarked;
