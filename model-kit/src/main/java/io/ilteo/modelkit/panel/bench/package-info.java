/** How fast panels are imported and made into tensors. */
@NullMarked
package io.ilteo.modelkit.panel.bench;

import org.jspecify.annotations.NullMarked;
