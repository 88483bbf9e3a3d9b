/** The satisfaction task. */
@NullMarked
package io.ilteo.satisfaction;

import org.jspecify.annotations.NullMarked;
