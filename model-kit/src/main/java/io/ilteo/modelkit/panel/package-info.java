/** Survey files to leak-proof tensors. */
@NullMarked
package io.ilteo.modelkit.panel;

import org.jspecify.annotations.NullMarked;
