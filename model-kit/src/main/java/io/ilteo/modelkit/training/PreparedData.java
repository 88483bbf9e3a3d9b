package io.ilteo.modelkit.training;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.feature.FeatureSet;
import io.ilteo.modelkit.panel.feature.FeatureTransform;
import io.ilteo.modelkit.panel.feature.FittedInputs;
import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.feature.TensorCache;
import io.ilteo.modelkit.panel.feature.WageScale;
import io.ilteo.modelkit.panel.feature.WageTransform;
import io.ilteo.modelkit.panel.fold.Folds;
import io.ilteo.modelkit.panel.fold.Protocol;
import io.ilteo.modelkit.panel.fold.TargetSelection;
import io.ilteo.modelkit.panel.fold.WindowSpec;
import org.jspecify.annotations.Nullable;

/**
 * A panel divided, transformed and ready to learn from. The test fold stays closed in {@code
 * folds}.
 */
public record PreparedData(
    Panel panel,
    Folds folds,
    FeatureTransform transform,
    Sequences training,
    Sequences validation) {

  /** Divides and transforms {@code panel}; transforms are fitted on the training fold. */
  public static PreparedData of(
      Panel panel,
      WindowSpec window,
      Protocol protocol,
      TargetSelection targets,
      FeatureSet features,
      long foldSeed) {
    return of(panel, window, protocol, targets, features, foldSeed, null);
  }

  /** As above; inputs come from {@code cache} where they are there, and go there where not. */
  public static PreparedData of(
      Panel panel,
      WindowSpec window,
      Protocol protocol,
      TargetSelection targets,
      FeatureSet features,
      long foldSeed,
      @Nullable TensorCache cache) {
    Folds folds = Folds.split(panel, window, protocol, targets, foldSeed);
    FeatureTransform transform = FeatureTransform.fit(folds.training(), features);
    return new PreparedData(
        panel,
        folds,
        transform,
        transform.sequences(folds.training(), cache),
        transform.sequences(folds.validation(), cache));
  }

  /** How inputs are made, to be kept with every network that learns from this data. */
  public FittedInputs inputs() {
    return new FittedInputs(transform, panel.mapping());
  }

  /** The wage transform of the training fold. */
  public WageTransform wages(WageScale scale) {
    return WageTransform.fit(folds.training(), scale);
  }
}
