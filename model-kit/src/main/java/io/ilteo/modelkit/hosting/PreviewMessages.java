package io.ilteo.modelkit.hosting;

import io.ilteo.modelkit.panel.preview.ColumnMeaning;
import io.ilteo.modelkit.panel.preview.ColumnProfile;
import io.ilteo.modelkit.panel.preview.PanelPreview;
import io.ilteo.modelkit.panel.summary.ColumnDistribution;
import io.ilteo.modelkit.panel.summary.PanelSummary;
import io.ilteo.modelkit.panel.summary.YearSummary;
import io.ilteo.proto.panel.v1.Column;
import io.ilteo.proto.panel.v1.ColumnPreview;
import io.ilteo.proto.panel.v1.ColumnRole;
import io.ilteo.proto.panel.v1.ColumnType;
import io.ilteo.proto.panel.v1.DescribePanelResponse;
import io.ilteo.proto.panel.v1.MissingCode;
import io.ilteo.proto.panel.v1.PreviewPanelResponse;

/** Previews and summaries of panels as contract messages. */
final class PreviewMessages {
  private PreviewMessages() {}

  static PreviewPanelResponse preview(PanelPreview preview) {
    PreviewPanelResponse.Builder message =
        PreviewPanelResponse.newBuilder()
            .setProposedMapping(preview.proposedMapping())
            .setProposedYaml(preview.proposedYaml())
            .addAllProblems(preview.problems())
            .setFormat(preview.file().format())
            .setRowsRead(preview.file().rowsRead());
    preview.columns().forEach(column -> message.addColumns(column(column)));
    return message.build();
  }

  private static ColumnPreview column(ColumnMeaning meaning) {
    ColumnProfile profile = meaning.profile();
    Column.Builder column =
        Column.newBuilder()
            .setName(meaning.name())
            .setSource(profile.column().name())
            .setLabel(profile.column().label())
            .setRole(role(meaning.use()))
            .setMissingCount(profile.blank());
    if (meaning.type() != null) {
      column.setType(ColumnType.valueOf("COLUMN_TYPE_" + meaning.type()));
    }
    profile
        .missingCodes()
        .forEach(
            (code, count) ->
                column.addMissingCodes(MissingCode.newBuilder().setCode(code).setCount(count)));
    return ColumnPreview.newBuilder()
        .setColumn(column)
        .addAllSampleValues(profile.samples())
        .setDistinctCount(profile.distinct())
        .setMin(profile.min())
        .setMax(profile.max())
        .build();
  }

  private static ColumnRole role(ColumnMeaning.Use use) {
    return switch (use) {
      case PERSON -> ColumnRole.COLUMN_ROLE_PERSON;
      case TIME -> ColumnRole.COLUMN_ROLE_TIME;
      case WAGE -> ColumnRole.COLUMN_ROLE_WAGE;
      case SATISFACTION -> ColumnRole.COLUMN_ROLE_SATISFACTION;
      case FEATURE -> ColumnRole.COLUMN_ROLE_FEATURE;
      case WEIGHT -> ColumnRole.COLUMN_ROLE_WEIGHT;
      case LEFT_OUT -> ColumnRole.COLUMN_ROLE_IGNORED;
    };
  }

  static DescribePanelResponse summary(PanelSummary summary) {
    DescribePanelResponse.Builder message = DescribePanelResponse.newBuilder();
    for (ColumnDistribution column : summary.columns()) {
      message.addColumns(
          io.ilteo.proto.panel.v1.ColumnDistribution.newBuilder()
              .setColumn(column.column())
              .setPresentCount(column.present())
              .setMissingCount(column.missing())
              .setMean(column.mean())
              .setStandardDeviation(column.deviation())
              .addAllBinEdges(column.edges())
              .addAllBinCounts(column.counts()));
    }
    for (YearSummary year : summary.years()) {
      message.addYears(
          io.ilteo.proto.panel.v1.YearSummary.newBuilder()
              .setYear(year.year())
              .setPersonYears(year.personYears())
              .setWageCount(year.wageCount())
              .setWageMean(year.wageMean())
              .setWageMedian(year.wageMedian())
              .addAllSatisfactionShares(year.satisfactionShares()));
    }
    return message.build();
  }
}
