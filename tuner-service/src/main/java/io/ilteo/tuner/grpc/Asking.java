package io.ilteo.tuner.grpc;

import io.ilteo.proto.tuner.v1.AskTrialRequest;
import io.ilteo.proto.tuner.v1.TellTrialRequest.AskNext;
import java.time.Duration;
import java.util.Optional;

/**
 * Who asks for a trial.
 *
 * @param lease how long the trial is theirs without a report
 * @param requestId names the request, if it may be repeated
 */
record Asking(String worker, Duration lease, Optional<String> requestId) {
  private static final Duration DEFAULT_LEASE = Duration.ofSeconds(60);
  private static final Duration MIN_LEASE = Duration.ofSeconds(5);
  private static final Duration MAX_LEASE = Duration.ofHours(1);

  Asking {
    Requests.require(worker.length() <= 128, "worker is longer than 128 characters");
    Requests.require(requestId.orElse("").length() <= 64, "request_id is longer than 64");
    Requests.require(
        lease.compareTo(MIN_LEASE) >= 0 && lease.compareTo(MAX_LEASE) <= 0,
        "lease is " + lease.toSeconds() + " s; 5 s to 1 h");
  }

  static Asking of(AskTrialRequest request) {
    return of(request.getWorker(), request.hasLease(), request.getLease(), request.getRequestId());
  }

  static Asking of(AskNext next) {
    return of(next.getWorker(), next.hasLease(), next.getLease(), next.getRequestId());
  }

  private static Asking of(
      String worker, boolean hasLease, com.google.protobuf.Duration lease, String requestId) {
    return new Asking(
        worker,
        hasLease ? Duration.ofSeconds(lease.getSeconds()) : DEFAULT_LEASE,
        Optional.of(requestId).filter(id -> !id.isEmpty()));
  }
}
