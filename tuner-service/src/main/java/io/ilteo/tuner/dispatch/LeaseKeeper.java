package io.ilteo.tuner.dispatch;

import io.ilteo.servicekit.error.DomainException;
import io.ilteo.tuner.application.Lease;
import io.ilteo.tuner.application.TrialQueue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/** Renews a lease while an attempt trains, so that a long epoch is not taken for a dead worker. */
final class LeaseKeeper implements AutoCloseable {
  private static final int RENEWALS_PER_LEASE = 3;

  private final TrialQueue queue;
  private final Lease lease;
  private volatile boolean open = true;
  private volatile boolean lost;

  private LeaseKeeper(TrialQueue queue, Lease lease) {
    this.queue = queue;
    this.lease = lease;
  }

  /** Keeps {@code lease} until closed. */
  static LeaseKeeper of(TrialQueue queue, Lease lease, Duration length, Executor threads) {
    LeaseKeeper keeper = new LeaseKeeper(queue, lease);
    threads.execute(() -> keeper.keep(length.dividedBy(RENEWALS_PER_LEASE)));
    return keeper;
  }

  /** Whether the lease was refused a renewal while the attempt was running. */
  boolean isLost() {
    return lost;
  }

  private void keep(Duration pause) {
    while (Pauses.of(pause) && open) {
      try {
        queue.report(lease.attempt(), lease.token(), List.of(), "");
      } catch (DomainException.Aborted refused) {
        lost = open;
        return;
      } catch (RuntimeException away) {
        // Tried again at the next beat; the database's clock decides whether that is in time.
        continue;
      }
    }
  }

  @Override
  public void close() {
    open = false;
  }
}
