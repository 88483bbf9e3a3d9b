/** What can go wrong in a request, and the one table that maps it to gRPC. */
@NullMarked
package io.ilteo.servicekit.error;

import org.jspecify.annotations.NullMarked;
