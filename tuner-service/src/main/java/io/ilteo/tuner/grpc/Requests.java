package io.ilteo.tuner.grpc;

import io.ilteo.proto.tuner.v1.AskTrialRequest;
import io.ilteo.proto.tuner.v1.TellTrialRequest.AskNext;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.tuner.application.Asking;
import io.ilteo.tuner.domain.study.AttemptId;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.Tags;
import io.ilteo.tuner.domain.study.TrialId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads names, tokens, pages and who asks out of requests; what cannot be read is INVALID_ARGUMENT.
 */
final class Requests {
  private static final int DEFAULT_PAGE = 100;
  private static final int MAX_PAGE = 1_000;
  private static final Duration DEFAULT_LEASE = Duration.ofSeconds(60);
  private static final Duration MIN_LEASE = Duration.ofSeconds(5);
  private static final Duration MAX_LEASE = Duration.ofHours(1);

  private Requests() {}

  static StudyId study(String name) {
    return parse(name, StudyId::parse);
  }

  static TrialId trial(String name) {
    return parse(name, TrialId::parse);
  }

  static AttemptId attempt(String name) {
    return parse(name, AttemptId::parse);
  }

  static Tags tags(List<String> names) {
    try {
      return Tags.of(names);
    } catch (IllegalArgumentException wrong) {
      throw new InvalidArgument(String.valueOf(wrong.getMessage()));
    }
  }

  static UUID token(String token) {
    return parse(token, text -> UUID.fromString(text));
  }

  static Asking asking(AskTrialRequest request) {
    return asking(
        request.getWorker(), request.hasLease(), request.getLease(), request.getRequestId());
  }

  static Asking asking(AskNext next) {
    return asking(next.getWorker(), next.hasLease(), next.getLease(), next.getRequestId());
  }

  private static Asking asking(
      String worker, boolean hasLease, com.google.protobuf.Duration wanted, String requestId) {
    Duration lease = hasLease ? Duration.ofSeconds(wanted.getSeconds()) : DEFAULT_LEASE;
    require(worker.length() <= 128, "worker is longer than 128 characters");
    require(requestId.length() <= 64, "request_id is longer than 64");
    require(
        lease.compareTo(MIN_LEASE) >= 0 && lease.compareTo(MAX_LEASE) <= 0,
        "lease is " + lease.toSeconds() + " s; 5 s to 1 h");
    return new Asking(worker, lease, Optional.of(requestId).filter(id -> !id.isEmpty()));
  }

  static int pageSize(int wanted) {
    if (wanted < 0 || wanted > MAX_PAGE) {
      throw new InvalidArgument("page_size is " + wanted + "; 1 to 1000, 0 for the default");
    }
    return wanted == 0 ? DEFAULT_PAGE : wanted;
  }

  /** A page token is the place where the next page begins, as a number. */
  static long pageToken(String token, long first) {
    return token.isEmpty() ? first : parse(token, Long::parseLong);
  }

  /** What must be true of a request. */
  static void require(boolean condition, String message) {
    if (!condition) {
      throw new InvalidArgument(message);
    }
  }

  private static <T> T parse(String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException wrong) {
      throw new InvalidArgument(
          wrong instanceof NumberFormatException
              ? "page_token \"" + text + "\" is not one of ours"
              : String.valueOf(wrong.getMessage()));
    }
  }
}
