package io.ilteo.cli.chaos;

import io.ilteo.cli.platform.Pause;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Phaser;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Does faults to a fleet and takes them back again, several at a time on different members. */
final class Injector {
  private static final int DOWN_MILLIS = 2_500;
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration LATENESS = Duration.ofMillis(200);
  private static final int WIRE_MILLIS = 8_000;
  private static final long MOST_SKEW_SECONDS = 7_200;

  private final Fleet fleet;
  private final Consumer<String> log;
  private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
  private final ReentrantLock database = new ReentrantLock();
  private final Phaser running = new Phaser(1);
  private int skipped;

  Injector(Fleet fleet, Consumer<String> log) {
    this.fleet = fleet;
    this.log = log;
  }

  /** Faults that can be done here: the clock needs libfaketime. */
  static List<Fault> possible(Fleet fleet) {
    return Arrays.stream(Fault.values())
        .filter(each -> each != Fault.CLOCK_JUMP || fleet.clock().isPresent())
        .toList();
  }

  /** Does one fault; returns while it may still last. */
  void inject(FaultPlan.Step step) {
    Optional<Member> victim = victim(step);
    boolean needsVictim =
        step.fault().victim() != Fault.Victim.DATABASE
            && step.fault().victim() != Fault.Victim.CLOCK;
    if (needsVictim && victim.isEmpty()) {
      skipped++;
      return;
    }
    done.merge(step.fault(), 1, Integer::sum);
    log.accept(
        step.fault().words() + victim.map(member -> ": " + member.replica().name()).orElse(""));
    running.register();
    fleet.beside(
        () -> {
          try {
            victim.ifPresentOrElse(member -> hurt(step, member), () -> hurtWhatAllShare(step));
          } finally {
            victim.ifPresent(Member::release);
            running.arriveAndDeregister();
          }
        });
  }

  /** The next member, from the one that the plan names, that no other fault has. */
  private Optional<Member> victim(FaultPlan.Step step) {
    List<Member> able =
        switch (step.fault().victim()) {
          case SERVICE, DATABASE_WIRE -> fleet.members();
          case MODEL_WIRE ->
              fleet.members().stream().filter(member -> member.wire().isPresent()).toList();
          case DATABASE, CLOCK -> List.of();
        };
    for (int i = 0; i < able.size(); i++) {
      Member member = able.get((step.victim() + i) % able.size());
      if (member.take()) {
        return Optional.of(member);
      }
    }
    return Optional.empty();
  }

  private void hurt(FaultPlan.Step step, Member member) {
    switch (step.fault()) {
      case KILL -> {
        member.kill();
        Pause.millis((long) (step.strength() * DOWN_MILLIS));
        member.letUp();
      }
      case PAUSE -> pause(member, PAUSE);
      case PAUSE_BEYOND_LEASE ->
          pause(member, fleet.lease().plusMillis((long) ((1 + step.strength()) * 3_000)));
      case RESET_MODEL_CONNECTIONS -> member.wire().orElseThrow().reset();
      case DELAY_MODEL_CONNECTIONS -> {
        member.wire().orElseThrow().delay(LATENESS);
        heal(step, member.wire().orElseThrow());
      }
      case HALF_OPEN_MODEL_CONNECTIONS -> {
        member.wire().orElseThrow().halfOpen();
        heal(step, member.wire().orElseThrow());
      }
      case RESET_DATABASE_CONNECTIONS -> member.database().reset();
      case DELAY_DATABASE_CONNECTIONS -> {
        member.database().delay(LATENESS);
        heal(step, member.database());
      }
      case HALF_OPEN_DATABASE_CONNECTIONS -> {
        member.database().halfOpen();
        heal(step, member.database());
      }
      case RESTART_DATABASE, KILL_DATABASE, CLOCK_JUMP ->
          throw new IllegalArgumentException(step.fault() + " is of no one member");
    }
  }

  private static void pause(Member member, Duration length) {
    member.pause();
    try {
      Pause.millis(length.toMillis());
    } finally {
      member.resume();
    }
  }

  private static void heal(FaultPlan.Step step, TcpProxy wire) {
    try {
      Pause.millis((long) ((0.25 + 0.75 * step.strength()) * WIRE_MILLIS));
    } finally {
      wire.heal();
    }
  }

  private void hurtWhatAllShare(FaultPlan.Step step) {
    if (step.fault() == Fault.CLOCK_JUMP) {
      fleet.clock().orElseThrow().set((long) ((2 * step.strength() - 1) * MOST_SKEW_SECONDS));
      return;
    }
    database.lock();
    try {
      if (step.fault() == Fault.KILL_DATABASE) {
        fleet.killDatabase();
      } else {
        fleet.restartDatabase();
      }
    } finally {
      database.unlock();
    }
  }

  /** Waits until no fault lasts any more. */
  void awaitQuiet() {
    running.arriveAndAwaitAdvance();
  }

  /** How often each was done. */
  Map<Fault, Integer> done() {
    return new EnumMap<>(done);
  }

  /** Faults that found every member busy with another. */
  int skipped() {
    return skipped;
  }
}
