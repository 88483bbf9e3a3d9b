package io.ilteo.modelkit.panel.feature;

import io.ilteo.modelkit.panel.feature.Features.SoFar;
import io.ilteo.modelkit.panel.mapping.ColumnType;
import java.util.ArrayList;
import java.util.List;

/** Everything a mapping offers, and the histories that matter for the two targets. */
final class PanelFeatures {
  static final List<String> SPELLS =
      List.of("industry", "occupation", "employment_type", "employment", "marital_status");
  private static final List<String> LAGGED = List.of("weekly_hours", "firm_size", "health");

  private PanelFeatures() {}

  static List<Feature> of(InputSchema schema) {
    FeatureList list = new FeatureList(schema);
    Series wage = list.logWage();
    Series satisfaction = list.satisfaction();
    list.now(wage)
        .lag(wage, 1, 2)
        .change(wage, 1)
        .movingMean(wage, 3)
        .expanding(wage, SoFar.MEAN, SoFar.DEVIATION, SoFar.OFFSET, SoFar.COUNT);
    if (wage != null) {
      list.add(new Features.LastKnown(wage));
    }
    list.now(satisfaction)
        .lag(satisfaction, 1, 2)
        .change(satisfaction, 1)
        .movingMean(satisfaction, 3)
        .expanding(satisfaction, SoFar.MEAN, SoFar.DEVIATION, SoFar.OFFSET, SoFar.COUNT);
    if (satisfaction != null) {
      list.add(new Features.LastKnown(satisfaction));
    }
    columns(schema, list);
    Series experience = list.experience();
    list.now(experience).now(list.product(experience, experience));
    if (wage != null && (schema.has("industry") || schema.has("occupation"))) {
      list.add(new Features.RelativeToCell()).add(new Features.CellMean());
    }
    return list.now(new Series.Year())
        .add(new Features.Gap())
        .add(new Features.Interviews())
        .add(new Features.Period("financial_crisis", 2008, 2009))
        .add(new Features.Period("pandemic", 2020, 2021))
        .list();
  }

  private static void columns(InputSchema schema, FeatureList list) {
    List<Series> facets = new ArrayList<>();
    for (InputColumn column : schema.columns()) {
      Series series = list.column(column.name());
      boolean target = column.name().equals("wage") || column.name().equals("satisfaction");
      if (series == null || target) {
        continue;
      }
      if (column.type() != ColumnType.CATEGORICAL) {
        list.now(series);
      }
      if (column.facet()) {
        facets.add(series);
      }
      if (LAGGED.contains(column.name())) {
        list.change(series, 1);
      }
      if (SPELLS.contains(column.name())) {
        list.spell(series);
      }
    }
    list.facetMean(facets);
  }
}
