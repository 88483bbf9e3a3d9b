/** Features, transforms fitted on the training fold only, and sequences. */
@NullMarked
package io.ilteo.modelkit.panel.feature;

import org.jspecify.annotations.NullMarked;
