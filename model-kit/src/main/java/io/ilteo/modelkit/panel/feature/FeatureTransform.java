package io.ilteo.modelkit.panel.feature;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ilteo.modelkit.panel.fold.Fold;
import io.ilteo.modelkit.panel.fold.TrainingFold;
import io.ilteo.modelkit.panel.fold.WindowSpec;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns person-years into network inputs, with everything it learned on the training fold.
 *
 * <p>Fitted once, saved with the model as JSON, and applied to folds in training and to {@link
 * Histories} in serving by the same code: the same history gives the same bits.
 *
 * @param features what was learned of each feature, in order
 * @param vocabularies one for each categorical column, in order
 * @param cells wage cells learned on the training fold
 * @param panelDigest panel that it was fitted on
 */
public record FeatureTransform(
    FeatureSet set,
    WindowSpec window,
    InputSchema schema,
    List<FittedFeature> features,
    List<Vocabulary> vocabularies,
    CellTable cells,
    String panelDigest) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public FeatureTransform {
    features = List.copyOf(features);
    vocabularies = List.copyOf(vocabularies);
    List<String> expected = set.features(schema).stream().map(Feature::name).toList();
    if (!expected.equals(features.stream().map(FittedFeature::name).toList())) {
      throw new InvalidArgument(
          "The transform was fitted by another version of feature set %s.".formatted(set.id()));
    }
  }

  /** Learns a transform. Only a training fold will do. */
  public static FeatureTransform fit(TrainingFold fold, FeatureSet set) {
    return FeatureFitting.fit(fold, set);
  }

  /** Reads what {@link #toJson} wrote. */
  public static FeatureTransform fromJson(String json) {
    try {
      return JSON.readValue(json, FeatureTransform.class);
    } catch (JsonProcessingException e) {
      throw new InvalidArgument("Not a feature transform: " + e.getOriginalMessage());
    }
  }

  /** Writes the transform; every double comes back with the same bits. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Names of the float inputs of a step: features, then indicators of missing values. */
  public List<String> inputNames() {
    List<String> names = new ArrayList<>();
    features.forEach(f -> names.add(f.name()));
    features.stream()
        .filter(FittedFeature::indicator)
        .forEach(f -> names.add(f.name() + "_missing"));
    return names;
  }

  /** What each of {@link #inputNames} is made of: inputs of one source go together. */
  public List<String> inputSources() {
    List<Feature> all = set.features(schema);
    List<String> sources = new ArrayList<>();
    all.forEach(f -> sources.add(f.source()));
    for (int f = 0; f < all.size(); f++) {
      if (features.get(f).indicator()) {
        sources.add(all.get(f).source());
      }
    }
    return sources;
  }

  /** Panel columns that a history should have; those it lacks count as missing. */
  public List<String> inputColumns() {
    return schema.columns().stream().map(InputColumn::name).toList();
  }

  /** The sequences of a fold, with targets. */
  public Sequences sequences(Fold fold) {
    return sequences(fold, null);
  }

  /** The sequences of a fold, with targets; inputs come from {@code cache} where they are there. */
  public Sequences sequences(Fold fold, @Nullable TensorCache cache) {
    if (!fold.window().equals(window)) {
      throw new IllegalArgumentException(
          "The fold's window %s is not the transform's %s.".formatted(fold.window(), window));
    }
    return SequenceBuilder.of(this, fold, cache);
  }

  /**
   * One sequence a person, ending in their last wave, without targets.
   *
   * @throws InvalidArgument for a column that the model does not know
   */
  public Sequences sequences(Histories histories) {
    return compile().sequences(histories);
  }

  /** This transform, made ready to run many times. */
  public CompiledTransform compile() {
    return new CompiledTransform(this);
  }
}
