package io.ilteo.tuner.application;

import java.time.Duration;
import java.util.Optional;

/**
 * Who asks for a trial.
 *
 * @param lease how long the trial is theirs without a report
 * @param requestId names the request, if it may be repeated
 */
public record Asking(String worker, Duration lease, Optional<String> requestId) {}
