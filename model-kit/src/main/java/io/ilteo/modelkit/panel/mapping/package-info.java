/** Which source column means what: mappings as readable YAML. */
@NullMarked
package io.ilteo.modelkit.panel.mapping;

import org.jspecify.annotations.NullMarked;
