/** Training, metrics, baselines and evaluation. */
@NullMarked
package io.ilteo.modelkit.training;

import org.jspecify.annotations.NullMarked;
