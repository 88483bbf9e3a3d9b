package io.ilteo.modelkit.panel.mapping;

/** How a column's values are to be read. */
public enum ColumnType {
  /** A quantity: differences mean something. */
  NUMERIC,
  /** Ranked codes: order means something. */
  ORDINAL,
  /** Codes without order; networks learn an embedding for them. */
  CATEGORICAL
}
