package io.ilteo.servicekit.security;

import io.grpc.Context;

/**
 * Who makes a call.
 *
 * @param name the actor in audit events: a token's name, a JWT's subject, a certificate's name
 */
public record Caller(String name, Role role) {
  /** Whoever reaches a loopback address, where authentication is off. */
  public static final Caller LOCAL = new Caller("operator", Role.ADMIN);

  static final Context.Key<Caller> KEY = Context.keyWithDefault("ilteo-caller", LOCAL);

  /** The current context with this caller in it, for calls that were let in by another door. */
  public Context context() {
    return Context.current().withValue(KEY, this);
  }

  /** The caller of the gRPC call that runs on this thread. */
  public static Caller current() {
    return KEY.get();
  }
}
