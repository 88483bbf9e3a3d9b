/** Studies and trials in PostgreSQL. */
@NullMarked
package io.ilteo.tuner.persistence;

import org.jspecify.annotations.NullMarked;
