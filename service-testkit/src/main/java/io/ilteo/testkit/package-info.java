/** What tests of every server share: certificates, tokens, callers who mean harm. */
@NullMarked
package io.ilteo.testkit;

import org.jspecify.annotations.NullMarked;
