/** Collections that the JDK lacks. */
@NullMarked
package io.ilteo.servicekit.collection;

import org.jspecify.annotations.NullMarked;
