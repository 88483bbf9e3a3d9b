/** The gRPC services that every model service offers. */
@NullMarked
package io.ilteo.modelkit.hosting;

import org.jspecify.annotations.NullMarked;
