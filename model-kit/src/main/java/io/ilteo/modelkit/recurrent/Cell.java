package io.ilteo.modelkit.recurrent;

/** Kinds of gated recurrent cells. */
public enum Cell {
  /** Long short-term memory (Hochreiter and Schmidhuber 1997; Gers et al. 2000). */
  LSTM,
  /** Gated recurrent unit that resets after the recurrent product, one product a step. */
  GRU,
  /** Gated recurrent unit as first published (Cho et al. 2014), two products a step. */
  GRU_RESET_BEFORE
}
