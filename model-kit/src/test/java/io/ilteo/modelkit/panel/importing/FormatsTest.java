package io.ilteo.modelkit.panel.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.modelkit.panel.mapping.Mappings;
import io.ilteo.modelkit.panel.source.SourceColumn;
import io.ilteo.modelkit.panel.source.SourceTable;
import io.ilteo.modelkit.panel.source.SourceTables;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same panel in every format, written by other people's tools: {@code formats/make.sh}. */
class FormatsTest {
  static Path fixture(String name) {
    try {
      return Path.of(
          FormatsTest.class.getResource("/io/ilteo/modelkit/panel/formats/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "panel-bom.csv, CSV (UTF-8 with BOM)",
    "panel.tsv, TSV (UTF-8)",
    "panel-stata8.dta, Stata (format 113)",
    "panel-stata10.dta, Stata (format 114)",
    "panel-stata12.dta, Stata (format 115)",
    "panel-stata13.dta, Stata (format 117)",
    "panel-stata14.dta, Stata (format 118)",
    "panel.sav, SPSS (sav)",
    "panel-pspp.sav, SPSS (sav)",
    "panel.sas7bdat, SAS (sas7bdat)",
    "panel.xlsx, Excel workbook",
  })
  void samePanelHasTheSameDigestInEveryFormat(String file, String format) throws IOException {
    ImportedPanel text = PanelImport.read(fixture("panel.csv"), Mappings.named("klips-long"));
    ImportedPanel other = PanelImport.read(fixture(file), Mappings.named("klips-long"));
    assertThat(text.panel().personYears()).isEqualTo(31);
    assertThat(other.panel().digest()).isEqualTo(text.panel().digest());
    try (SourceTable table = SourceTables.open(fixture(file))) {
      assertThat(table.format()).isEqualTo(format);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "panel-stata8.dta",
    "panel-stata12.dta",
    "panel-stata13.dta",
    "panel-stata14.dta",
    "panel.sav"
  })
  void labelsComeAlong(String file) throws IOException {
    try (SourceTable table = SourceTables.open(fixture(file))) {
      SourceColumn sex =
          table.columns().stream().filter(c -> c.name().equals("p_sex")).findFirst().orElseThrow();
      assertThat(sex.label()).isEqualTo("성별");
      assertThat(sex.valueLabels()).isEqualTo(Map.of(1.0, "남", 2.0, "여"));
    }
  }

  @Test
  void koreanTextIsTheSameInUtf8AndCp949() throws IOException {
    assertThat(cells("korean-cp949.csv")).isEqualTo(cells("korean.csv")).contains("지역", "부산");
    try (SourceTable table = SourceTables.open(fixture("korean-cp949.csv"))) {
      assertThat(table.format()).isEqualTo("CSV (CP949)");
    }
  }

  private static List<String> cells(String file) throws IOException {
    List<String> cells = new java.util.ArrayList<>();
    try (SourceTable table = SourceTables.open(fixture(file))) {
      table.columns().forEach(c -> cells.add(c.name()));
      while (table.next()) {
        for (int i = 0; i < table.columns().size(); i++) {
          cells.add(table.text(i));
        }
      }
    }
    return cells;
  }
}
