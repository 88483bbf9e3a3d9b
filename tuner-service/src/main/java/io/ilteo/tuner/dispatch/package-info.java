/** Runs trials on model services. */
@NullMarked
package io.ilteo.tuner.dispatch;

import org.jspecify.annotations.NullMarked;
