/** Benchmarks of the wage task: how fast it trains, and how good its models are. */
@NullMarked
package io.ilteo.wage.bench;

import org.jspecify.annotations.NullMarked;
