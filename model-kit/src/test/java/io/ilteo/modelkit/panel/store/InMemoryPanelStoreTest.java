package io.ilteo.modelkit.panel.store;

import java.time.Clock;

class InMemoryPanelStoreTest extends PanelStoreContract {
  @Override
  PanelStore store() {
    return new InMemoryPanelStore(Clock.systemUTC());
  }
}
