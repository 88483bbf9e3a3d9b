/** A real browser for tests of pages; who uses it brings Playwright and axe along. */
@NullMarked
package io.ilteo.testkit.browser;

import org.jspecify.annotations.NullMarked;
