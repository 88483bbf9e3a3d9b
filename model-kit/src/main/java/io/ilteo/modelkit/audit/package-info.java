/** The record of who changed what a model service keeps. */
@NullMarked
package io.ilteo.modelkit.audit;

import org.jspecify.annotations.NullMarked;
