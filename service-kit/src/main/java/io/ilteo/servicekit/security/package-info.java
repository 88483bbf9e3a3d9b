/** Who calls, what they may do, and how a server refuses to be open by accident. */
@NullMarked
package io.ilteo.servicekit.security;

import org.jspecify.annotations.NullMarked;
