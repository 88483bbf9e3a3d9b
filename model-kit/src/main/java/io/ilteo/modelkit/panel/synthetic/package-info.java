/** A synthetic KLIPS-like panel, drawn to published facts. */
@NullMarked
package io.ilteo.modelkit.panel.synthetic;

import org.jspecify.annotations.NullMarked;
