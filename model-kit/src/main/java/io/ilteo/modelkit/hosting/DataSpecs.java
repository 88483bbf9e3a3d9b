package io.ilteo.modelkit.hosting;

import io.ilteo.modelkit.panel.feature.FeatureSet;
import io.ilteo.modelkit.panel.fold.Protocol;
import io.ilteo.modelkit.panel.fold.WindowSpec;
import io.ilteo.modelkit.training.TaskDescriptions;
import io.ilteo.proto.model.v1.DataSpec;
import io.ilteo.proto.model.v1.Task;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;

/** Reads what a request says about its data. */
final class DataSpecs {
  private static final int DEFAULT_LENGTH = 5;

  private DataSpecs() {}

  /** Fills in every default, so that equal data has equal specs. */
  static DataSpec complete(DataSpec spec, Task task) {
    if (!spec.getPanel().startsWith("panels/")) {
      throw new InvalidArgument(
          "data.panel \"" + spec.getPanel() + "\"; a name like panels/0123456789abcdef");
    }
    DataSpec.Builder complete = spec.toBuilder();
    if (spec.getProtocol() == io.ilteo.proto.model.v1.Protocol.PROTOCOL_UNSPECIFIED) {
      complete.setProtocol(io.ilteo.proto.model.v1.Protocol.PROTOCOL_NEW_PERSONS);
    }
    if (spec.getWindowLength() == 0) {
      complete.setWindowLength(DEFAULT_LENGTH);
    }
    if (spec.getHorizon() == 0) {
      complete.setHorizon(1);
    }
    if (spec.getFeatureSet().isEmpty()) {
      complete.setFeatureSet(task.getDefaultFeatureSet());
    }
    complete.setTargetClasses(classes(spec, task));
    return complete.build();
  }

  /** Classes of the target; 0 where it is a number. */
  static int classes(DataSpec spec, Task task) {
    return TaskDescriptions.targetClasses(task, spec.getTargetClasses());
  }

  static WindowSpec window(DataSpec spec) {
    return new WindowSpec(spec.getWindowLength(), spec.getHorizon());
  }

  static FeatureSet features(DataSpec spec) {
    return FeatureSet.of(spec.getFeatureSet());
  }

  static Protocol protocol(DataSpec spec) {
    return switch (spec.getProtocol()) {
      case PROTOCOL_NEW_PERSONS -> Protocol.NEW_PERSONS;
      case PROTOCOL_KNOWN_PERSONS_FUTURE_YEARS -> Protocol.KNOWN_PERSONS_FUTURE_YEARS;
      case PROTOCOL_UNSPECIFIED, UNRECOGNIZED ->
          throw new InvalidArgument(
              "data.protocol is unknown; new persons, or known persons in future years");
    };
  }
}
