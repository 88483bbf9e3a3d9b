/** Our stages as layers of Deeplearning4j networks. */
@NullMarked
package io.ilteo.modelkit.recurrent.dl4j;

import org.jspecify.annotations.NullMarked;
