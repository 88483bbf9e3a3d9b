/**
 * A real PostgreSQL on loopback for a person's machine and for tests.
 *
 * <p>{@link io.ilteo.localpostgres.PostgresBinaries} unpacks the server, {@link
 * io.ilteo.localpostgres.PostgresCluster} creates, starts and stops one data directory, {@link
 * io.ilteo.localpostgres.PlatformDatabase} lays out Ilteo's database in it, and {@link
 * io.ilteo.localpostgres.TestDatabase} gives each test a database of its own.
 */
@NullMarked
package io.ilteo.localpostgres;

import org.jspecify.annotations.NullMarked;
