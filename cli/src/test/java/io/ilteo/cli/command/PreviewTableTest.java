package io.ilteo.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.proto.panel.v1.Column;
import io.ilteo.proto.panel.v1.ColumnPreview;
import io.ilteo.proto.panel.v1.ColumnRole;
import io.ilteo.proto.panel.v1.ColumnType;
import io.ilteo.proto.panel.v1.MissingCode;
import io.ilteo.proto.panel.v1.PreviewPanelResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreviewTableTest {
  private static final ColumnPreview PERSON =
      ColumnPreview.newBuilder()
          .setColumn(
              Column.newBuilder().setSource("pid").setRole(ColumnRole.COLUMN_ROLE_PERSON).build())
          .addAllSampleValues(List.of("101", "102", "103", "104", "105"))
          .setDistinctCount(5)
          .setMin(101)
          .setMax(105)
          .build();
  private static final ColumnPreview WAGE =
      ColumnPreview.newBuilder()
          .setColumn(
              Column.newBuilder()
                  .setSource("p_wage")
                  .setName("wage")
                  .setRole(ColumnRole.COLUMN_ROLE_WAGE)
                  .setType(ColumnType.COLUMN_TYPE_NUMERIC)
                  .setMissingCount(1_200)
                  .addMissingCodes(MissingCode.newBuilder().setCode(-1).setCount(30)))
          .setMin(Double.NaN)
          .setMax(Double.NaN)
          .build();

  @Test
  void tellsWhatEachColumnBecomesAndWhatIsMissing() {
    StringWriter text = new StringWriter();
    PreviewTable.print(
        PreviewPanelResponse.newBuilder()
            .setFormat("CSV (UTF-8)")
            .setRowsRead(4_000)
            .setProposedMapping("klips-long")
            .addColumns(PERSON)
            .addColumns(WAGE)
            .build(),
        new PrintWriter(text, true));

    List<String> lines = text.toString().lines().toList();
    assertThat(lines.getFirst()).isEqualTo("CSV (UTF-8), 4,000 rows read, mapping: klips-long");
    assertThat(lines.get(2)).contains("pid", "person", "101 to 105").endsWith("101, 102, 103, 104");
    assertThat(lines.get(3))
        .contains("wage", "numeric", "1,200 blank, -1: 30")
        .doesNotContain("NaN");
    assertThat(lines.get(3).indexOf("numeric")).isEqualTo(lines.get(1).indexOf("TYPE"));
  }
}
