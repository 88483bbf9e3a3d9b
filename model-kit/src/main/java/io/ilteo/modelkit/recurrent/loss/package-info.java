/** Losses of heads: their value, their gradient, and what raw outputs mean. */
@NullMarked
package io.ilteo.modelkit.recurrent.loss;

import org.jspecify.annotations.NullMarked;
