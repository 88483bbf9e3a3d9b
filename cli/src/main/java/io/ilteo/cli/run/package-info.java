/** The whole story at one command: panel, studies, winners, report. */
@NullMarked
package io.ilteo.cli.run;

import org.jspecify.annotations.NullMarked;
