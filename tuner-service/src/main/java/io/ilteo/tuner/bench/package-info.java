/** Benchmarks of the engine, each a main that prints one JSON object a line. */
@NullMarked
package io.ilteo.tuner.bench;

import org.jspecify.annotations.NullMarked;
