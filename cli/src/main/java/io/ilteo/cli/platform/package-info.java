/** Starts, watches and stops the processes of the platform on one machine. */
@NullMarked
package io.ilteo.cli.platform;

import org.jspecify.annotations.NullMarked;
