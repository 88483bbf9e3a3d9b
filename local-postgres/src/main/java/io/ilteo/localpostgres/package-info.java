/** A real PostgreSQL on loopback, unpacked from Maven Central's binaries. */
@NullMarked
package io.ilteo.localpostgres;

import org.jspecify.annotations.NullMarked;
