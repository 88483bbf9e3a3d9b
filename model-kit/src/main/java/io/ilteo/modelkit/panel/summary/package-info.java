/** Distributions of a panel, for people to look at. */
@NullMarked
package io.ilteo.modelkit.panel.summary;

import org.jspecify.annotations.NullMarked;
