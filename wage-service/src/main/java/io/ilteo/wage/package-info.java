/** The wage task. */
@NullMarked
package io.ilteo.wage;

import org.jspecify.annotations.NullMarked;
