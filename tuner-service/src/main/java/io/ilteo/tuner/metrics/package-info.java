/**
 * What the tuner tells Prometheus; names and meanings are in {@code docs/guide/observability.md}.
 */
@NullMarked
package io.ilteo.tuner.metrics;

import org.jspecify.annotations.NullMarked;
