/** The Open Inference Protocol beside the tasks' own services. */
@NullMarked
package io.ilteo.modelkit.hosting.inference;

import org.jspecify.annotations.NullMarked;
