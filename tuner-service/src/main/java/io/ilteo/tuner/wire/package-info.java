/** Contract messages to domain types and back. */
@NullMarked
package io.ilteo.tuner.wire;

import org.jspecify.annotations.NullMarked;
