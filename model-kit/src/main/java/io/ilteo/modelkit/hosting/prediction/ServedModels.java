package io.ilteo.modelkit.hosting.prediction;

import io.ilteo.modelkit.registry.Aliases;
import io.ilteo.modelkit.registry.ModelVersions;
import io.ilteo.modelkit.training.ModelTask;
import io.ilteo.proto.model.v1.ModelSelector;
import io.ilteo.servicekit.collection.RecentlyUsed;
import io.ilteo.servicekit.error.DomainException.NotFound;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/**
 * The loaded versions of this replica, and which of them each alias means.
 *
 * <p>An alias moves here in one step, after the version it moves to has been loaded: requests never
 * wait for a promotion, and one that has begun ends on the version it began with.
 */
public final class ServedModels {
  /** Alias that answers where a request names none. */
  public static final String CHAMPION = "champion";

  private static final int MAX_PINNED = 8;
  private static final Logger LOG = Logger.getLogger(ServedModels.class);

  private final ModelTask task;
  private final ModelVersions versions;
  private final Aliases aliases;
  private final int copies;
  private final Map<Long, CompletableFuture<ServedModel>> loaded = new RecentlyUsed<>(MAX_PINNED);
  private volatile Map<String, Target> served = Map.of();

  /** What an alias means on this replica. */
  private record Target(long number, ServedModel model) {}

  /**
   * The models of one task.
   *
   * @param copies threads that predict at a time
   */
  public ServedModels(ModelTask task, ModelVersions versions, Aliases aliases, int copies) {
    this.task = task;
    this.versions = versions;
    this.aliases = aliases;
    this.copies = copies;
  }

  /**
   * The model that answers.
   *
   * @throws NotFound if there is no such alias or version
   */
  public ServedModel select(ModelSelector selector) {
    return switch (selector.getSelectorCase()) {
      case MODEL_VERSION -> load(versions.number(selector.getModelVersion()));
      case ALIAS -> aliased(selector.getAlias().isEmpty() ? CHAMPION : selector.getAlias());
      case SELECTOR_NOT_SET -> aliased(CHAMPION);
    };
  }

  private ServedModel aliased(String alias) {
    Target target = served.get(alias);
    if (target == null) {
      // Perhaps newer than the last refresh.
      Map<String, Long> targets = aliases.targets();
      Long number = targets.get(alias);
      if (number == null) {
        throw new NotFound(
            "alias \"%s\" points at no version of task %s; there are %s"
                .formatted(alias, task.description().getName(), targets.keySet()));
      }
      return load(number);
    }
    return target.model();
  }

  /** Whether requests that name no version can be answered at once. */
  public boolean isReady() {
    return served.containsKey(CHAMPION);
  }

  /** Makes this replica agree with the database: what aliases mean, and which versions exist. */
  public void refresh() {
    Map<String, Long> targets = aliases.targets();
    Map<String, Target> before = served;
    Map<String, Target> after = new HashMap<>();
    targets.forEach(
        (alias, number) -> {
          Target current = before.get(alias);
          Target next =
              current != null && current.number() == number
                  ? current
                  : target(alias, number, current);
          if (next != null) {
            after.put(alias, next);
          }
        });
    served = Map.copyOf(after);
    forgetDeleted();
  }

  private @org.jspecify.annotations.Nullable Target target(
      String alias, long number, @org.jspecify.annotations.Nullable Target current) {
    try {
      Target next = new Target(number, load(number));
      LOG.infof("%s is now %s", alias, next.model().name());
      return next;
    } catch (RuntimeException unusable) {
      LOG.errorf(
          "%s points at %s, which cannot be served; %s: %s",
          alias,
          versions.name(number),
          current == null ? "it has no model" : "still serving " + current.model().name(),
          unusable.getMessage());
      return current;
    }
  }

  private void forgetDeleted() {
    Set<Long> kept;
    synchronized (loaded) {
      kept = Set.copyOf(loaded.keySet());
    }
    if (!kept.isEmpty()) {
      Set<Long> existing = versions.existing(kept);
      synchronized (loaded) {
        loaded.keySet().removeIf(number -> kept.contains(number) && !existing.contains(number));
      }
    }
  }

  private ServedModel load(long number) {
    CompletableFuture<ServedModel> mine = new CompletableFuture<>();
    CompletableFuture<ServedModel> theirs;
    synchronized (loaded) {
      theirs = loaded.putIfAbsent(number, mine);
    }
    if (theirs != null) {
      return join(theirs);
    }
    try {
      mine.complete(ServedModel.load(versions.artifact(number), task, copies));
    } catch (RuntimeException failure) {
      synchronized (loaded) {
        loaded.remove(number);
      }
      mine.completeExceptionally(failure);
    }
    return join(mine);
  }

  private static ServedModel join(CompletableFuture<ServedModel> future) {
    try {
      return future.join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
    }
  }
}
