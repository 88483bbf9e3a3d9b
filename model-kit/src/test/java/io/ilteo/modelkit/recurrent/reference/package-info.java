/** Every layer once more, one number at a time in double precision, as the papers write it. */
@NullMarked
package io.ilteo.modelkit.recurrent.reference;

import org.jspecify.annotations.NullMarked;
