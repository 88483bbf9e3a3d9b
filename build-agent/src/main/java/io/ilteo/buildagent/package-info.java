/**
 * A Java agent for the build of images. Without it, what Quarkus generates depends on which of its
 * threads comes first and on the order in which sets without an order are walked (docs/adr/0015).
 */
@NullMarked
package io.ilteo.buildagent;

import org.jspecify.annotations.NullMarked;
