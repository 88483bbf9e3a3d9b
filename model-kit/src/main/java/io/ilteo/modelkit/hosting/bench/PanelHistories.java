package io.ilteo.modelkit.hosting.bench;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.PanelColumn;
import io.ilteo.proto.model.v1.HistoryBatch;
import io.ilteo.proto.model.v1.PersonHistory;
import io.ilteo.proto.model.v1.Wave;
import java.util.List;

/** Persons of a panel as a caller of a model would describe them. */
public final class PanelHistories {
  private final Panel panel;
  private final List<PanelColumn> columns;

  /**
   * Histories under the panel's mapping.
   *
   * @param columns those that callers know, by name
   */
  public PanelHistories(Panel panel, List<String> columns) {
    this.panel = panel;
    this.columns = columns.stream().map(panel::column).toList();
  }

  /** A batch without persons. */
  public HistoryBatch.Builder batch() {
    HistoryBatch.Builder batch = HistoryBatch.newBuilder().setMapping(panel.mapping().name());
    columns.forEach(column -> batch.addColumns(column.name()));
    return batch;
  }

  /**
   * Person {@code person}'s years up to and with {@code lastRow}, at most {@code waves} of them.
   */
  public PersonHistory person(int person, int lastRow, int waves) {
    PersonHistory.Builder history = PersonHistory.newBuilder().setPersonId(panel.person(person));
    for (int row = Math.max(panel.start(person), lastRow - waves + 1); row <= lastRow; row++) {
      Wave.Builder wave = Wave.newBuilder().setYear(panel.year(row));
      for (PanelColumn column : columns) {
        wave.addValues(column.value(row));
      }
      history.addWaves(wave);
    }
    return history.build();
  }
}
