@NullMarked
package io.ilteo.cli.image;

import org.jspecify.annotations.NullMarked;
