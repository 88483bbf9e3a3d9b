/** What can be searched: parameters, their domains, and points among them. */
@NullMarked
package io.ilteo.tuner.domain.space;

import org.jspecify.annotations.NullMarked;
