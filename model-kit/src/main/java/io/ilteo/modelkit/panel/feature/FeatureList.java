package io.ilteo.modelkit.panel.feature;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the features that a schema can supply, leaving out those of absent columns. */
final class FeatureList {
  private final InputSchema schema;
  private final List<Feature> features = new ArrayList<>();

  FeatureList(InputSchema schema) {
    this.schema = schema;
  }

  /** The column as a series, or null where the schema lacks it. */
  @Nullable Series column(String name) {
    int index = schema.indexOf(name);
    if (index == InputSchema.ABSENT) {
      return null;
    }
    return new Series.Column(name, index, schema.columns().get(index).descending() ? -1 : 1);
  }

  @Nullable Series logWage() {
    return schema.has("wage") ? new Series.LogRealWage() : null;
  }

  @Nullable Series satisfaction() {
    return schema.has("satisfaction") ? new Series.Satisfaction() : null;
  }

  @Nullable Series experience() {
    return schema.has("age") && schema.has("education_years")
        ? new Series.Experience(schema.indexOf("age"), schema.indexOf("education_years"))
        : null;
  }

  @Nullable Series product(@Nullable Series first, @Nullable Series second) {
    return first == null || second == null ? null : new Series.Product(first, second);
  }

  FeatureList now(@Nullable Series series) {
    return series == null ? this : add(new Features.Now(series));
  }

  FeatureList lag(@Nullable Series series, int... years) {
    for (int each : years) {
      if (series != null) {
        add(new Features.Lag(series, each));
      }
    }
    return this;
  }

  FeatureList movingMean(@Nullable Series series, int years) {
    return series == null ? this : add(new Features.MovingMean(series, years));
  }

  FeatureList change(@Nullable Series series, int... years) {
    for (int each : years) {
      if (series != null) {
        add(new Features.Change(series, each));
      }
    }
    return this;
  }

  FeatureList expanding(@Nullable Series series, Features.SoFar... figures) {
    for (Features.SoFar figure : figures) {
      if (series != null) {
        add(new Features.Expanding(series, figure));
      }
    }
    return this;
  }

  /** How long a code has lasted, and how often it has changed. */
  FeatureList spell(@Nullable Series code) {
    return code == null ? this : add(new Features.Spell(code)).add(new Features.Switches(code));
  }

  /** Mean of the satisfaction with each side of work, and its change. */
  FeatureList facetMean(List<Series> facets) {
    if (!facets.isEmpty()) {
      Series mean = new Series.Mean("facet_mean", facets);
      now(mean).change(mean, 1);
    }
    return this;
  }

  FeatureList add(Feature feature) {
    features.add(feature);
    return this;
  }

  List<Feature> list() {
    return List.copyOf(features);
  }
}
