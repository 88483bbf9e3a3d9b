/** Whether what is deployed is what Kubernetes, Prometheus and people would accept. */
@NullMarked
package io.ilteo.deploy;

import org.jspecify.annotations.NullMarked;
