/** Survey files of every format as one stream of rows. */
@NullMarked
package io.ilteo.modelkit.panel.source;

import org.jspecify.annotations.NullMarked;
