/** Studies, trials, attempts, and the states they may be in. */
@NullMarked
package io.ilteo.tuner.domain.study;

import org.jspecify.annotations.NullMarked;
