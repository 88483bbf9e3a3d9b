package io.ilteo.modelkit.panel.store;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.importing.ImportedPanel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where panels are kept: content-addressed, whole or not at all. */
public interface PanelStore {
  /**
   * Keeps a panel.
   *
   * @return the stored panel, and whether this call stored it (false: it was there)
   */
  Saved save(ImportedPanel imported, String displayName);

  /**
   * What is known of panel {@code name}, {@code panels/} and 16 or more digits of its digest.
   *
   * @throws io.ilteo.servicekit.error.DomainException.NotFound if there is none
   */
  StoredPanel describe(String name);

  /**
   * The panel itself.
   *
   * @throws io.ilteo.servicekit.error.DomainException.NotFound if there is none
   */
  Panel load(String name);

  /**
   * Panels, newest first.
   *
   * @param limit how many at most, 1 to 1,000
   * @param after name of the last panel of the page before, or null to start
   */
  List<StoredPanel> list(int limit, @Nullable String after);

  /**
   * Deletes a panel.
   *
   * @return whether it was there
   */
  boolean delete(String name);

  /**
   * The outcome of {@link #save}.
   *
   * @param created false if the same panel was stored before
   */
  record Saved(StoredPanel panel, boolean created) {}
}
