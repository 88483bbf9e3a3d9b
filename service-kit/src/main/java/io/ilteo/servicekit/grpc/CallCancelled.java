package io.ilteo.servicekit.grpc;

/** Thrown out of a streaming method when the caller has cancelled or its deadline has passed. */
public final class CallCancelled extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CallCancelled() {
    super("The caller has gone.", null, false, false);
  }
}
