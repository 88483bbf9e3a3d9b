/**
 * Backup and restore of the platform's database on one machine: a consistent copy of every table in
 * one file, from which {@link io.ilteo.cli.backup.PlatformBackup} makes the database again.
 */
@NullMarked
package io.ilteo.cli.backup;

import org.jspecify.annotations.NullMarked;
