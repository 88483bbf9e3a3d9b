/** What finished trials teach: importance, fronts, bounds, distributions, down-sampling. */
@NullMarked
package io.ilteo.tuner.domain.analysis;

import org.jspecify.annotations.NullMarked;
