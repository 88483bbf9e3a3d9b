/** Benchmarks of what is hosted. */
@NullMarked
package io.ilteo.modelkit.hosting.bench;

import org.jspecify.annotations.NullMarked;
