package io.ilteo.modelkit.panel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.SyntheticPanels;
import io.ilteo.modelkit.panel.importing.ImportedPanel;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.servicekit.error.DomainException.NotFound;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every panel store does. */
abstract class PanelStoreContract {
  private static final ImportedPanel FIRST = SyntheticPanels.imported(150, 1);
  private static final ImportedPanel SECOND = SyntheticPanels.imported(120, 2);

  /** An empty store. */
  abstract PanelStore store();

  @Test
  void loadsWhatWasSaved() {
    PanelStore store = store();
    PanelStore.Saved saved = store.save(FIRST, "first.csv");
    Panel loaded = store.load(saved.panel().name());
    assertThat(saved.created()).isTrue();
    assertThat(loaded.digest()).isEqualTo(FIRST.panel().digest());
    assertThat(loaded.personYears()).isEqualTo(FIRST.panel().personYears());
    assertThat(loaded.mapping()).isEqualTo(FIRST.panel().mapping());
    assertThat(loaded.column("age").value(5)).isEqualTo(FIRST.panel().column("age").value(5));
  }

  @Test
  void describesWhatTheImportReported() {
    PanelStore store = store();
    StoredPanel described = store.describe(store.save(FIRST, "first.csv").panel().name());
    assertThat(described.displayName()).isEqualTo("first.csv");
    assertThat(described.columns()).isEqualTo(FIRST.columns());
    assertThat(described.exclusions()).isNotEmpty().isEqualTo(FIRST.exclusions());
    assertThat(described.persons()).isEqualTo(150);
    assertThat(described.firstYear()).isEqualTo(2000);
    assertThat(described.lastYear()).isEqualTo(2023);
  }

  @Test
  void samePanelIsStoredOnce() {
    PanelStore store = store();
    store.save(FIRST, "first.csv");
    PanelStore.Saved again = store.save(FIRST, "other name.csv");
    assertThat(again.created()).isFalse();
    assertThat(again.panel().displayName()).isEqualTo("first.csv");
    assertThat(store.list(10, null)).hasSize(1);
  }

  @Test
  void listsNewestFirstInPages() {
    PanelStore store = store();
    StoredPanel first = store.save(FIRST, "first.csv").panel();
    StoredPanel second = store.save(SECOND, "second.csv").panel();
    List<StoredPanel> page = store.list(1, null);
    assertThat(page).containsExactly(second);
    assertThat(store.list(1, page.getFirst().name())).containsExactly(first);
    assertThat(store.list(1, first.name())).isEmpty();
  }

  @Test
  void deletedPanelIsGone() {
    PanelStore store = store();
    String name = store.save(FIRST, "first.csv").panel().name();
    assertThat(store.delete(name)).isTrue();
    assertThat(store.delete(name)).isFalse();
    assertThatThrownBy(() -> store.load(name)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> store.describe(name)).hasMessageContaining(name);
  }

  @Test
  void nameThatIsNoneIsRefused() {
    assertThatThrownBy(() -> store().load("panels/xyz"))
        .isInstanceOf(InvalidArgument.class)
        .hasMessageContaining("panels/xyz");
  }
}
