package io.ilteo.modelkit.hosting;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Settings of a model service. */
@ConfigMapping(prefix = "ilteo.model")
public interface ModelServiceConfig {
  /** Networks trained at a time; default: the cores of this machine. */
  OptionalInt trainingCapacity();

  /**
   * How far trainings and scorings stand back behind predictions where cores are short, on Linux: 0
   * not at all, 19 most.
   */
  @WithDefault("10")
  int trainingNiceness();

  /** How long a replica that is told to stop waits for its trainings to end with their epoch. */
  @WithDefault("100s")
  Duration trainingDrain();

  /** Batches predicted at a time, 1 or more. */
  @WithDefault("2")
  int predictionThreads();

  /** Largest import, all files together, in bytes; default 4 GiB. */
  @WithDefault("4294967296")
  long maxImportBytes();

  /** Prepared panels kept in memory, 1 or more. */
  @WithDefault("4")
  int preparedPanels();

  /** Where uploads lie while they are read; default: the system's temporary folder. */
  Optional<Path> uploadFolder();

  /** Where prepared inputs of networks are kept from one process to the next; default: nowhere. */
  Optional<Path> tensorFolder();

  /** Bytes of all of them together, the longest unused go first; default 4 GiB. */
  @WithDefault("4294967296")
  long maxTensorBytes();

  /** Address of this replica, shown with the trials that it trains. */
  @WithDefault("127.0.0.1")
  String replicaHost();
}
