package io.ilteo.servicekit.security;

/** What a caller may do; each role may do what those before it may. */
public enum Role {
  /** Read and predict. */
  VIEWER,
  /** Import, train, tune. */
  OPERATOR,
  /** Delete, move aliases, manage tokens. */
  ADMIN;

  boolean includes(Role needed) {
    return compareTo(needed) >= 0;
  }
}
