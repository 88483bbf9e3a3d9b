/** Gaussian process regression and expected improvement on the unit cube. */
@NullMarked
package io.ilteo.tuner.domain.gp;

import org.jspecify.annotations.NullMarked;
