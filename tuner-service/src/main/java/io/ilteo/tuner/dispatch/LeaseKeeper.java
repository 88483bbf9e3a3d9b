package io.ilteo.tuner.dispatch;

import io.ilteo.servicekit.error.DomainException;
import io.ilteo.tuner.application.Cancellation;
import io.ilteo.tuner.application.Lease;
import io.ilteo.tuner.application.TrialWork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/** Renews a lease while an attempt trains, so that a long epoch is not taken for a dead worker. */
final class LeaseKeeper implements AutoCloseable {
  private static final int RENEWALS_PER_LEASE = 3;

  private final TrialWork work;
  private final Lease lease;
  private final Runnable onLost;
  private final Cancellation closed = new Cancellation();

  private LeaseKeeper(TrialWork work, Lease lease, Runnable onLost) {
    this.work = work;
    this.lease = lease;
    this.onLost = onLost;
  }

  /** Keeps {@code lease} until closed; calls {@code onLost} when a renewal is refused. */
  static LeaseKeeper of(
      TrialWork work, Lease lease, Duration length, Executor threads, Runnable onLost) {
    LeaseKeeper keeper = new LeaseKeeper(work, lease, onLost);
    threads.execute(() -> keeper.keep(length.dividedBy(RENEWALS_PER_LEASE)));
    return keeper;
  }

  private void keep(Duration pause) {
    while (true) {
      closed.await(pause);
      if (closed.isCancelled() || Thread.currentThread().isInterrupted()) {
        return;
      }
      try {
        work.report(lease.attempt(), lease.token(), List.of(), "");
      } catch (DomainException.Aborted refused) {
        if (!closed.isCancelled()) {
          onLost.run();
        }
        return;
      } catch (RuntimeException away) {
        // Tried again at the next beat; the database's clock decides whether that is in time.
        continue;
      }
    }
  }

  @Override
  public void close() {
    closed.cancel();
  }
}
