/** What benchmarks share. */
@NullMarked
package io.ilteo.modelkit.bench;

import org.jspecify.annotations.NullMarked;
