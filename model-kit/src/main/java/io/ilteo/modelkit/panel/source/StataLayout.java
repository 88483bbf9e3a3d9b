package io.ilteo.modelkit.panel.source;

import java.util.List;

/**
 * Where things are in a Stata file.
 *
 * @param release 113–115, 117–119
 * @param rows observations
 * @param rowBytes width of an observation
 * @param dataAt first byte of the first observation
 * @param labelsAt first byte of the value labels
 */
record StataLayout(
    int release, long rows, long rowBytes, long dataAt, long labelsAt, List<Variable> variables) {
  /** How a variable is stored. */
  enum Storage {
    BYTE(1),
    INT(2),
    LONG(4),
    FLOAT(4),
    DOUBLE(8),
    TEXT(0),
    LONG_TEXT(8);

    private final int bytes;

    Storage(int bytes) {
      this.bytes = bytes;
    }

    int bytes() {
      return bytes;
    }
  }

  /**
   * A variable.
   *
   * @param at offset in an observation
   * @param width bytes in an observation
   * @param labelName name of its value labels, or empty
   */
  record Variable(
      String name, Storage storage, int at, int width, String labelName, String label) {}
}
