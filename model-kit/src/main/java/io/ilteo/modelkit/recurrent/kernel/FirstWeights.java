package io.ilteo.modelkit.recurrent.kernel;

/** How large the weights of a gated cell begin. */
public enum FirstWeights {
  /** Each gate's matrices by themselves: Glorot's limits and orthonormal columns of one gate. */
  EACH_GATE,
  /**
   * All gates' matrices as one, as Keras draws them: columns that share their length among the
   * gates, half as large in a cell of four.
   */
  ALL_GATES;

  Initialisation input(int gates, int units) {
    return new Initialisation.Glorot(this == EACH_GATE ? units : gates * units);
  }

  Initialisation recurrent(int gates) {
    return new Initialisation.Orthogonal(this == EACH_GATE ? 1 : 1 / Math.sqrt(gates));
  }
}
