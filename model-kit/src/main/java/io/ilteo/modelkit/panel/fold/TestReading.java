package io.ilteo.modelkit.panel.fold;

/**
 * On whose behalf a test fold is read.
 *
 * @param modelVersion e.g. {@code models/wage/versions/3}
 * @param study e.g. {@code studies/7}; empty where none
 */
public record TestReading(String modelVersion, String study) {}
