package io.ilteo.tuner.application;

/**
 * A trial that was told, and what came of asking for the next one.
 *
 * @param trial as it ended
 */
public record Told(Trial trial, ClaimResult next) {}
