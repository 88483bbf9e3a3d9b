/** Transactions over JDBC. */
@NullMarked
package io.ilteo.servicekit.jdbc;

import org.jspecify.annotations.NullMarked;
