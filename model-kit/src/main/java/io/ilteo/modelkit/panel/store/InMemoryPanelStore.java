package io.ilteo.modelkit.panel.store;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.importing.ImportedPanel;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A panel store for one process, for tests and tools. */
public final class InMemoryPanelStore implements PanelStore {
  private record Entry(StoredPanel description, Panel panel) {}

  private final List<Entry> entries = new ArrayList<>();
  private final Clock clock;

  public InMemoryPanelStore(Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Saved save(ImportedPanel imported, String displayName) {
    Entry existing = find(imported.panel().resourceName());
    if (existing != null) {
      return new Saved(existing.description, false);
    }
    StoredPanel description = StoredPanel.of(imported, displayName, clock.instant());
    entries.addFirst(new Entry(description, imported.panel()));
    return new Saved(description, true);
  }

  @Override
  public synchronized StoredPanel describe(String name) {
    return require(name).description;
  }

  @Override
  public synchronized Panel load(String name) {
    return require(name).panel;
  }

  @Override
  public synchronized List<StoredPanel> list(int limit, @Nullable String after) {
    PanelNames.requireLimit(limit);
    int from = after == null ? 0 : entries.indexOf(require(after)) + 1;
    return entries.stream().skip(from).limit(limit).map(Entry::description).toList();
  }

  @Override
  public synchronized boolean delete(String name) {
    Entry entry = find(name);
    return entry != null && entries.remove(entry);
  }

  private Entry require(String name) {
    Entry entry = find(name);
    if (entry == null) {
      throw PanelNames.unknown(name);
    }
    return entry;
  }

  private @Nullable Entry find(String name) {
    String digits = PanelNames.digits(name);
    return entries.stream()
        .filter(e -> e.description.digest().startsWith(digits))
        .findFirst()
        .orElse(null);
  }
}
