/** Edges of the HTTP servers. */
@NullMarked
package io.ilteo.servicekit.http;

import org.jspecify.annotations.NullMarked;
