/** A model service that trains nothing: analytic functions and learning curves, with faults. */
@NullMarked
package io.ilteo.tuner.simulated;

import org.jspecify.annotations.NullMarked;
