package io.ilteo.tuner.application;

import io.ilteo.tuner.domain.study.AttemptId;
import java.time.Instant;
import java.util.UUID;

/**
 * The right to run a trial until a time by the database's clock.
 *
 * @param token fences every later write of this attempt
 * @param trial the trial as it was claimed; its checkpoint is where to go on from
 */
public record Lease(AttemptId attempt, UUID token, Instant expiresAt, Trial trial) {}
