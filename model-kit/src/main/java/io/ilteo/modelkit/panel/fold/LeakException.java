package io.ilteo.modelkit.panel.fold;

/**
 * Something would have let a model see what it is to predict. Always a fault of the program or of a
 * feature, never of the data: it stops the work.
 */
public final class LeakException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  public LeakException(String message) {
    super(message);
  }
}
