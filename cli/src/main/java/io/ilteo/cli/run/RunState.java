package io.ilteo.cli.run;

import io.ilteo.cli.platform.PlatformException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;

/**
 * Remembers an unfinished run, so that a run that was killed goes on where it stood instead of
 * starting studies again.
 */
public final class RunState {
  private final Path file;
  private final Properties entries = new Properties();

  private RunState(Path file) {
    this.file = file;
  }

  /** The unfinished run of this plan, or a new one. */
  public static RunState of(Path folder, RunPlan plan) {
    RunState state = new RunState(folder.resolve("run-" + plan.key() + ".properties"));
    if (Files.exists(state.file)) {
      try (InputStream in = Files.newInputStream(state.file)) {
        state.entries.load(in);
      } catch (IOException failure) {
        throw new PlatformException("Cannot read " + state.file + ": " + failure.getMessage());
      }
    }
    if (state.get("id").isEmpty()) {
      state.put("id", UUID.randomUUID().toString().substring(0, 13));
    }
    return state;
  }

  /** What was remembered under {@code key}. */
  public Optional<String> get(String key) {
    return Optional.ofNullable(entries.getProperty(key));
  }

  /** Names this run in requests that must happen once. */
  public String id() {
    return get("id").orElseThrow();
  }

  /** Remembers; on disk when this returns. */
  public void put(String key, String value) {
    entries.setProperty(key, value);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        entries.store(out, "an unfinished run");
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException unsupported) {
      throw new PlatformException("Cannot replace " + file + " atomically.");
    } catch (IOException failure) {
      throw new PlatformException("Cannot write " + file + ": " + failure.getMessage());
    }
  }

  /** Forgets the run: it is over. */
  public void finish() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      throw new PlatformException("Cannot delete " + file + ": " + failure.getMessage());
    }
  }
}
