/** Studies, samplers, pruners and dispatch. */
@NullMarked
package io.ilteo.tuner;

import org.jspecify.annotations.NullMarked;
