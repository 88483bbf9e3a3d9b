/** How good satisfaction models are. */
@NullMarked
package io.ilteo.satisfaction.bench;

import org.jspecify.annotations.NullMarked;
