/** Tests of the command line. */
@NullMarked
package io.ilteo.cli;

import org.jspecify.annotations.NullMarked;
