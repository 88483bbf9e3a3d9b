/** Reports written from the numbers in the database. */
@NullMarked
package io.ilteo.tuner.report;

import org.jspecify.annotations.NullMarked;
