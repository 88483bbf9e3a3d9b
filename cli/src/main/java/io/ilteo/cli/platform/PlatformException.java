package io.ilteo.cli.platform;

/** The platform could not be started or stopped; the message is one line for a person. */
public final class PlatformException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PlatformException(String message) {
    super(message);
  }
}
