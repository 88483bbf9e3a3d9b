/** The dashboard's HTTP side. */
@NullMarked
package io.ilteo.tuner.web;

import org.jspecify.annotations.NullMarked;
