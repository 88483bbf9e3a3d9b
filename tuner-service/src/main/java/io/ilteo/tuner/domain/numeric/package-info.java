/** Small numerical tools of the engine: linear algebra, optimisation, the normal distribution. */
@NullMarked
package io.ilteo.tuner.domain.numeric;

import org.jspecify.annotations.NullMarked;
