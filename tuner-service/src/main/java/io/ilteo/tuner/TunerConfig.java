package io.ilteo.tuner;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the tuner. */
@ConfigMapping(prefix = "ilteo")
public interface TunerConfig {
  /** Model services by task: {@code wage=host:port,satisfaction=host:port}. */
  @WithDefault("wage=127.0.0.1:9001,satisfaction=127.0.0.1:9002")
  String modelServices();

  /** How long an attempt that the tuner runs may stay silent, 5 s to 10 min. */
  @WithDefault("30s")
  Duration dispatchLease();

  /** Attempts that one replica runs at a time, 1 to 10,000. */
  @WithDefault("256")
  int dispatchMaxRuns();

  /** Whether this replica runs trials; a replica that does not still answers. */
  @WithDefault("true")
  boolean dispatch();
}
