package io.ilteo.cli.run;

import io.ilteo.proto.model.v1.Evaluation;
import io.ilteo.proto.tuner.v1.Confirmation;
import io.ilteo.proto.tuner.v1.Study;
import java.util.Optional;

/**
 * What came of one model.
 *
 * @param title what people call the model
 * @param study where it was searched for, ended
 * @param confirmation its winner on fresh seeds; empty where there is no winner
 * @param finale its reading of the test fold; empty where it could not be confirmed
 */
public record Outcome(
    String title, Study study, Optional<Confirmation> confirmation, Optional<Finale> finale) {
  /**
   * A version, evaluated.
   *
   * @param alias that points at it now
   */
  public record Finale(String modelVersion, String alias, Evaluation evaluation) {}
}
