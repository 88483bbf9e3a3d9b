package io.ilteo.tuner;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of {@link io.ilteo.tuner.persistence.Thinning}. */
@ConfigMapping(prefix = "ilteo.retention")
public interface ThinningConfig {
  /** Epochs kept of each trial of an old study, 2 or more; 0 keeps all of them. */
  @WithDefault("0")
  int epochsPerTrial();

  /** Studies that ended more recently keep everything. */
  @WithDefault("90d")
  Duration minAge();

  /** Time from one sweep to the next. */
  @WithDefault("1h")
  Duration every();
}
