/** Where panels are kept. */
@NullMarked
package io.ilteo.modelkit.panel.store;

import org.jspecify.annotations.NullMarked;
