/** Model versions, aliases and lineage. */
@NullMarked
package io.ilteo.modelkit.registry;

import org.jspecify.annotations.NullMarked;
