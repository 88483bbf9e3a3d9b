/** How fast networks train and predict. */
@NullMarked
package io.ilteo.modelkit.recurrent.bench;

import org.jspecify.annotations.NullMarked;
