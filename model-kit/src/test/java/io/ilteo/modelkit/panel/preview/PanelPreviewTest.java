package io.ilteo.modelkit.panel.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ilteo.modelkit.panel.SyntheticPanels;
import io.ilteo.modelkit.panel.TestPanels;
import io.ilteo.modelkit.panel.importing.SurveyFile;
import io.ilteo.modelkit.panel.mapping.Mappings;
import io.ilteo.modelkit.panel.preview.ColumnMeaning.Use;
import io.ilteo.modelkit.panel.summary.PanelSummary;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PanelPreviewTest {
  private static final String FOREIGN =
      """
      person_id,survey_year,gender,age,monthly_wage,job_satisfaction,town,health
      1,2019,1,40,300,4,Seoul,1
      1,2020,1,41,310,5,Seoul,2
      2,2019,2,30,9999,3,Busan,-1
      2,2020,2,31,210,2,Busan,3
      3,2019,1,50,400,1,Daegu,2
      3,2020,1,51,405,4,Daegu,2
      4,2019,1,50,401,-1,Daegu,2
      4,2020,1,51,425,4,Daegu,2
      5,2019,2,22,199,4,Daegu,2
      6,2019,2,22,150,4,Daegu,2
      7,2019,2,22,155,4,Daegu,2
      8,2019,2,22,187,4,Daegu,2
      9,2019,2,22,152,4,Daegu,2
      10,2019,2,22,156,4,Daegu,2
      11,2019,2,22,188,4,Daegu,2
      """;

  @TempDir Path folder;

  private SurveyFile file(String name, String text) throws IOException {
    return SurveyFile.of(Files.writeString(folder.resolve(name), text));
  }

  private static ColumnMeaning column(PanelPreview preview, String source) {
    return preview.columns().stream()
        .filter(c -> c.profile().column().name().equals(source))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void klipsExtractIsKnown() throws IOException {
    PanelPreview preview =
        PanelPreview.of(
            file(
                "x.csv",
                "pid,year,P_AGE,p_wage,p_jobtype,p4321,p_hours,other\n1,2020,40,300,1,2,40,5\n"));
    assertThat(preview.proposedMapping()).isEqualTo("klips-long");
    assertThat(preview.proposedYaml()).isEqualTo(Mappings.yamlOf("klips-long"));
    assertThat(column(preview, "P_AGE").name()).isEqualTo("age");
    assertThat(column(preview, "p4321").use()).isEqualTo(Use.SATISFACTION);
    assertThat(column(preview, "other").use()).isEqualTo(Use.LEFT_OUT);
    assertThat(preview.problems()).isEmpty();
  }

  @Test
  void rawWaveFileIsKnownByItsName() throws IOException {
    PanelPreview preview =
        PanelPreview.of(
            file("klips26p.csv", "pid,p260107,p261642,p260314,p264321\n1,40,300,1,2\n"));
    assertThat(preview.proposedMapping()).isEqualTo("klips-raw");
  }

  @Test
  void foreignFileGetsAMappingThatImportsIt() throws IOException {
    PanelPreview preview = PanelPreview.of(file("foreign.csv", FOREIGN));
    assertThat(preview.proposedMapping()).isEmpty();
    assertThat(column(preview, "monthly_wage").profile().missingCodes()).containsOnlyKeys(9999.0);
    assertThat(column(preview, "health").profile().missingCodes()).containsOnlyKeys(-1.0);
    assertThat(column(preview, "town").use()).isEqualTo(Use.LEFT_OUT);
    assertThat(preview.problems()).anyMatch(p -> p.contains("town") && p.contains("Seoul"));
    var imported = TestPanels.imported(FOREIGN, Mappings.parse(preview.proposedYaml()));
    assertThat(imported.panel().personYears()).isEqualTo(15);
    assertThat(imported.panel().columnOrNull("age")).isNotNull();
  }

  @Test
  void fileWithoutPersonOrTargetGetsNoMappingAndTheReasons() throws IOException {
    PanelPreview preview = PanelPreview.of(file("x.csv", "a,b\n1,2\n2,3\n"));
    assertThat(preview.proposedYaml()).isEmpty();
    assertThat(preview.problems())
        .anyMatch(p -> p.contains("person id"))
        .anyMatch(p -> p.contains("year"))
        .anyMatch(p -> p.contains("wage"));
  }

  @Test
  void brokenFileIsRefused() throws IOException {
    SurveyFile broken = file("x.csv", "a,b\n1\n");
    assertThatThrownBy(() -> PanelPreview.of(broken))
        .isInstanceOf(InvalidArgument.class)
        .hasMessageContaining("x.csv row 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"panel.csv", "panel-stata8.dta", "panel-stata14.dta", "panel.sav"})
  void headOfAFileIsEnough(String name) throws Exception {
    Path whole =
        Path.of(getClass().getResource("/io/ilteo/modelkit/panel/formats/" + name).toURI());
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(folder.resolve(name), Arrays.copyOf(bytes, bytes.length - 700));
    PanelPreview preview = PanelPreview.ofHead(SurveyFile.of(cut));
    assertThat(preview.proposedMapping()).isEqualTo("klips-long");
    assertThat(preview.problems()).isEmpty();
    assertThat(preview.file().rowsRead()).isBetween(10L, 31L);
  }

  @Test
  void headThatEndsWithinACharacterIsStillUtf8() throws IOException {
    byte[] text = "pid,year,이름\n1,2020,가나다".getBytes(StandardCharsets.UTF_8);
    Path cut = Files.write(folder.resolve("cut.csv"), Arrays.copyOf(text, text.length - 1));
    assertThat(PanelPreview.ofHead(SurveyFile.of(cut)).file().format()).isEqualTo("CSV (UTF-8)");
  }

  @Test
  void summaryAddsUp() {
    var panel = SyntheticPanels.imported(200, 3).panel();
    PanelSummary summary = PanelSummary.of(panel);
    assertThat(summary.years()).hasSize(24);
    assertThat(summary.years().stream().mapToLong(y -> y.personYears()).sum())
        .isEqualTo(panel.personYears());
    summary
        .columns()
        .forEach(
            c -> {
              assertThat(c.present() + c.missing()).isEqualTo(panel.personYears());
              assertThat(c.counts().stream().mapToLong(Long::longValue).sum())
                  .isEqualTo(c.present());
              assertThat(c.edges()).hasSize(c.present() == 0 ? 0 : c.counts().size() + 1);
            });
    summary
        .years()
        .forEach(
            y ->
                assertThat(y.satisfactionShares().stream().mapToDouble(Double::doubleValue).sum())
                    .isBetween(0.999, 1.001));
  }
}
