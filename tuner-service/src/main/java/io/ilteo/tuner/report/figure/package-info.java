/** Charts of a report: what they show, how they are drawn, as SVG and as PNG. */
@NullMarked
package io.ilteo.tuner.report.figure;

import org.jspecify.annotations.NullMarked;
