package io.ilteo.cli.chaos;

import java.util.Locale;

/** A way in which a platform is hurt. */
enum Fault {
  /** {@code kill -9} of a service, which is started again after a while. */
  KILL(Victim.SERVICE),
  /** A service stands still for two seconds, as in a long collection of garbage. */
  PAUSE(Victim.SERVICE),
  /** A service stands still for longer than a lease, and then goes on as if nothing had been. */
  PAUSE_BEYOND_LEASE(Victim.SERVICE),
  RESTART_DATABASE(Victim.DATABASE),
  /** {@code kill -9} of PostgreSQL's postmaster. */
  KILL_DATABASE(Victim.DATABASE),
  RESET_MODEL_CONNECTIONS(Victim.MODEL_WIRE),
  DELAY_MODEL_CONNECTIONS(Victim.MODEL_WIRE),
  /** Bytes between tuners and a model service vanish; neither side is told. */
  HALF_OPEN_MODEL_CONNECTIONS(Victim.MODEL_WIRE),
  RESET_DATABASE_CONNECTIONS(Victim.DATABASE_WIRE),
  DELAY_DATABASE_CONNECTIONS(Victim.DATABASE_WIRE),
  HALF_OPEN_DATABASE_CONNECTIONS(Victim.DATABASE_WIRE),
  /** The clock of one tuner jumps by up to two hours. */
  CLOCK_JUMP(Victim.CLOCK);

  /** What is hurt. */
  enum Victim {
    SERVICE,
    DATABASE,
    MODEL_WIRE,
    DATABASE_WIRE,
    CLOCK
  }

  private final Victim victim;

  Fault(Victim victim) {
    this.victim = victim;
  }

  Victim victim() {
    return victim;
  }

  /** E.g. {@code kill database}. */
  String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
