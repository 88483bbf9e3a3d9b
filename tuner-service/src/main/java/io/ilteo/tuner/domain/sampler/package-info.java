/** How configurations are chosen: pure functions of seed, trial number and history. */
@NullMarked
package io.ilteo.tuner.domain.sampler;

import org.jspecify.annotations.NullMarked;
