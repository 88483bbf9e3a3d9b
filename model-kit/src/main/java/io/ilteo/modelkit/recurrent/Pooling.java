package io.ilteo.modelkit.recurrent;

/** How a sequence of states becomes one. */
public enum Pooling {
  /** The state of the last step. */
  LAST,
  /** The mean of all observed steps, weighted by additive attention (Bahdanau et al. 2015). */
  ATTENTION
}
