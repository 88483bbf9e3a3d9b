/**
 * Use cases of the tuner, and the ports through which they reach the database and the model
 * services.
 */
@NullMarked
package io.ilteo.tuner.application;

import org.jspecify.annotations.NullMarked;
