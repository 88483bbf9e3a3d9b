/** Where time goes across processes: spans of calls, trials and statements, sent to a collector. */
@NullMarked
package io.ilteo.servicekit.tracing;

import org.jspecify.annotations.NullMarked;
