/** Container images of the services, built without a container engine. */
@NullMarked
package io.ilteo.cli.image;

import org.jspecify.annotations.NullMarked;
