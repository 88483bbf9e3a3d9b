/** Talks to the services over gRPC. */
@NullMarked
package io.ilteo.cli.client;

import org.jspecify.annotations.NullMarked;
