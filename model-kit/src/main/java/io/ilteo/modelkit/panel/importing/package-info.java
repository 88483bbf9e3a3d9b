/** From survey files and a mapping to a panel: checks, exclusions, digest. */
@NullMarked
package io.ilteo.modelkit.panel.importing;

import org.jspecify.annotations.NullMarked;
