/** What is in a survey file, and a mapping that would fit it. */
@NullMarked
package io.ilteo.modelkit.panel.preview;

import org.jspecify.annotations.NullMarked;
