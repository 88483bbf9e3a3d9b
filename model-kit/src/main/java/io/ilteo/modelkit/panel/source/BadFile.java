package io.ilteo.modelkit.panel.source;

import io.ilteo.servicekit.error.DomainException.InvalidArgument;

/** The words for a file that cannot be read: what, where, what would be accepted. */
public final class BadFile {
  private BadFile() {}

  /** A fault of the whole file. */
  public static InvalidArgument of(String file, String problem) {
    return new InvalidArgument("%s: %s".formatted(file, problem));
  }

  /** A fault at a row. */
  public static InvalidArgument at(String file, long row, String problem) {
    return new InvalidArgument("%s row %d: %s".formatted(file, row, problem));
  }

  /** A fault at a cell. */
  public static InvalidArgument at(String file, long row, String column, String problem) {
    return new InvalidArgument("%s row %d column %s: %s".formatted(file, row, column, problem));
  }
}
