package io.ilteo.modelkit.hosting;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of {@link io.ilteo.modelkit.registry.Retention}. */
@ConfigMapping(prefix = "ilteo.retention")
public interface RetentionConfig {
  /** Versions and networks kept of each study, beside those that an alias points at; 1 or more. */
  @WithDefault("20")
  int bestPerStudy();

  /** Nothing younger is deleted. */
  @WithDefault("7d")
  Duration minAge();

  /**
   * Checkpoints of trainings that did not end; a trial that is taken up later starts from its first
   * epoch and comes to the same result.
   */
  @WithDefault("2d")
  Duration checkpointAge();

  /** Time from one sweep to the next. */
  @WithDefault("1h")
  Duration every();
}
