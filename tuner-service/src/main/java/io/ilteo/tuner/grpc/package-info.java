/** The tuner's gRPC services: map, call, map. */
@NullMarked
package io.ilteo.tuner.grpc;

import org.jspecify.annotations.NullMarked;
