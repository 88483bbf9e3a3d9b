package io.ilteo.modelkit.panel.feature;

import io.ilteo.modelkit.panel.feature.Features.SoFar;
import java.util.ArrayList;
import java.util.List;

/**
 * The origin report's 33 features: lags, moving averages, changes, experience, interactions, wave
 * cycle, crisis periods, person statistics.
 */
final class OriginFeatures {
  private OriginFeatures() {}

  static List<Feature> of(InputSchema schema) {
    return origin(schema).list();
  }

  static List<Feature> withFacets(InputSchema schema) {
    FeatureList list = origin(schema);
    List<Series> facets = new ArrayList<>();
    for (InputColumn column : schema.columns()) {
      Series series = column.facet() ? list.column(column.name()) : null;
      if (series != null) {
        facets.add(series);
        list.now(series);
      }
    }
    return list.facetMean(facets).list();
  }

  static List<Feature> withJobs(InputSchema schema) {
    FeatureList list = origin(schema);
    for (String code : PanelFeatures.SPELLS) {
      list.spell(list.column(code));
    }
    return list.list();
  }

  private static FeatureList origin(InputSchema schema) {
    FeatureList list = new FeatureList(schema);
    Series wage = list.column("wage");
    Series satisfaction = list.satisfaction();
    Series age = list.column("age");
    Series schooling = list.column("education_years");
    Series experience = list.experience();
    return list.now(wage)
        .now(list.logWage())
        .lag(wage, 1, 2)
        .movingMean(wage, 3)
        .change(wage, 1, 2)
        .expanding(wage, SoFar.MEAN, SoFar.DEVIATION, SoFar.OFFSET)
        .now(satisfaction)
        .lag(satisfaction, 1, 2)
        .movingMean(satisfaction, 3)
        .change(satisfaction, 1)
        .expanding(satisfaction, SoFar.MEAN, SoFar.DEVIATION, SoFar.OFFSET)
        .now(age)
        .now(list.product(age, age))
        .now(list.column("sex"))
        .now(schooling)
        .now(experience)
        .now(list.product(experience, experience))
        .now(list.product(schooling, experience))
        .now(list.product(wage, satisfaction))
        .now(list.product(age, schooling))
        .now(new Series.Year())
        .add(new Features.Cycle(5, true))
        .add(new Features.Cycle(5, false))
        .add(new Features.Period("financial_crisis", 2008, 2009))
        .add(new Features.Period("pandemic", 2020, 2021))
        .add(new Features.Interviews());
  }
}
