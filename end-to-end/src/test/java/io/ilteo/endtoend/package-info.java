/** The whole platform as its users meet it. */
@NullMarked
package io.ilteo.endtoend;

import org.jspecify.annotations.NullMarked;
