@NullMarked
package io.ilteo.buildagent;

import org.jspecify.annotations.NullMarked;
