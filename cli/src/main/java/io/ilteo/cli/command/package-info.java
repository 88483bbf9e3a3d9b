/** One class a command. */
@NullMarked
package io.ilteo.cli.command;

import org.jspecify.annotations.NullMarked;
