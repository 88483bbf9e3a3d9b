/** Protocols, windows and the three folds. */
@NullMarked
package io.ilteo.modelkit.panel.fold;

import org.jspecify.annotations.NullMarked;
