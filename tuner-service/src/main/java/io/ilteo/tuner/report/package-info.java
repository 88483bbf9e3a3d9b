/** Reports: what studies found, written from the numbers in the database by rule. */
@NullMarked
package io.ilteo.tuner.report;

import org.jspecify.annotations.NullMarked;
