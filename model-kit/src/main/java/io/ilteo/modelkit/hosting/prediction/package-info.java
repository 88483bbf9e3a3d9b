/** Answers for persons: checked histories, features, networks, and the alias that says which. */
@NullMarked
package io.ilteo.modelkit.hosting.prediction;

import org.jspecify.annotations.NullMarked;
