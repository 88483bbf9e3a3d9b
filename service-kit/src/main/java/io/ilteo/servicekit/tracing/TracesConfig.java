package io.ilteo.servicekit.tracing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Where traces go; {@link TracesConfigSource} hands it to the SDK. */
@ConfigMapping(prefix = "ilteo.traces")
public interface TracesConfig {
  /**
   * A collector that speaks OTLP over gRPC, e.g. {@code http://collector:4317}; none: no traces.
   */
  Optional<String> endpoint();

  /** Share of the traces that are kept, from 0 to 1: a trace is kept whole or not at all. */
  @WithDefault("1")
  double ratio();

  /** Whether spans are made at all. */
  default boolean isOn() {
    return endpoint().filter(address -> !address.isBlank()).isPresent();
  }
}
