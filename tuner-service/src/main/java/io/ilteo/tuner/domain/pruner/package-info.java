/** When unpromising trials are ended early. */
@NullMarked
package io.ilteo.tuner.domain.pruner;

import org.jspecify.annotations.NullMarked;
