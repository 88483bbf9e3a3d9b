/** How a blocking method becomes a gRPC method on a virtual thread. */
@NullMarked
package io.ilteo.servicekit.grpc;

import org.jspecify.annotations.NullMarked;
