package io.ilteo.modelkit.registry;

import io.ilteo.modelkit.training.Attachments;
import io.ilteo.proto.model.v1.ModelVersion;

/** Everything that a version needs to answer; every part matched its checksum. */
public record Artifact(ModelVersion version, Ensemble ensemble, Attachments attachments) {}
