/** JMH benchmarks of networks and their stages: {@code ./ilteo bench kernels}. */
@NullMarked
package io.ilteo.kernelbench;

import org.jspecify.annotations.NullMarked;
