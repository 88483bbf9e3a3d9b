package io.ilteo.modelkit.hosting;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.feature.TensorCache;
import io.ilteo.modelkit.panel.store.PanelStore;
import io.ilteo.modelkit.training.ModelTask;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.proto.model.v1.DataSpec;
import io.ilteo.servicekit.collection.RecentlyUsed;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Prepares each (panel, data specification) once, however many trainings ask for it at a time, and
 * keeps the last few. Preparation is a function of its arguments, so this is only a cache.
 */
final class PreparedPanels {
  private final PanelStore panels;
  private final ModelTask task;
  private final @Nullable TensorCache tensors;
  private final Map<DataSpec, CompletableFuture<PreparedData>> prepared;

  /**
   * Nothing prepared yet.
   *
   * @param capacity how many are kept in memory
   * @param tensors where inputs are kept on disk, or null for nowhere
   */
  PreparedPanels(PanelStore panels, ModelTask task, int capacity, @Nullable TensorCache tensors) {
    this.panels = panels;
    this.task = task;
    this.tensors = tensors;
    this.prepared = new RecentlyUsed<>(capacity);
  }

  /** The prepared data of a complete specification. */
  PreparedData get(DataSpec spec) {
    CompletableFuture<PreparedData> mine = new CompletableFuture<>();
    CompletableFuture<PreparedData> theirs;
    synchronized (prepared) {
      theirs = prepared.putIfAbsent(spec, mine);
    }
    if (theirs != null) {
      return join(theirs);
    }
    try {
      mine.complete(prepare(spec));
    } catch (RuntimeException | Error failure) {
      synchronized (prepared) {
        prepared.remove(spec);
      }
      mine.completeExceptionally(failure);
    }
    return join(mine);
  }

  /**
   * The prepared data of a complete specification, its test fold unread. Never shared: a test fold
   * can be opened once.
   */
  PreparedData fresh(DataSpec spec) {
    return prepare(spec);
  }

  private PreparedData prepare(DataSpec spec) {
    Panel panel = panels.load(spec.getPanel());
    return PreparedData.of(
        panel,
        DataSpecs.window(spec),
        DataSpecs.protocol(spec),
        task.targets(panel, DataSpecs.classes(spec, task.description())),
        DataSpecs.features(spec),
        spec.getFoldSeed(),
        tensors);
  }

  private static PreparedData join(CompletableFuture<PreparedData> future) {
    try {
      return future.join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
    }
  }
}
