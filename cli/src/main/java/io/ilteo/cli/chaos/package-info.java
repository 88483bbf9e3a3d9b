/** Breaks a platform of its own on purpose, and checks that nothing it promises was lost. */
@NullMarked
package io.ilteo.cli.chaos;

import org.jspecify.annotations.NullMarked;
