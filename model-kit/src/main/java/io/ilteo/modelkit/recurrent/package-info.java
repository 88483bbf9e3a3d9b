/** Recurrent layers on fused kernels. */
@NullMarked
package io.ilteo.modelkit.recurrent;

import org.jspecify.annotations.NullMarked;
