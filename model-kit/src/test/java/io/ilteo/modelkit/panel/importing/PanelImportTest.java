package io.ilteo.modelkit.panel.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.TestPanels;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.modelkit.panel.mapping.Mappings;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PanelImportTest {
  private static final String GOOD =
      "pid,year,pay,sat,age\n2,2021,210,3,31\n10,2020,300,2,50\n2,2020,200,4,30\n10,2021,310,2,51\n";

  private static ImportedPanel imported(String csv) {
    return TestPanels.imported(csv, TestPanels.mapping());
  }

  private static Map<String, Long> exclusions(ImportedPanel imported) {
    return imported.exclusions().stream()
        .collect(Collectors.toMap(Exclusion::reason, Exclusion::count));
  }

  @Test
  void rowsAreOrderedByPersonAndYear() {
    Panel panel = imported(GOOD).panel();
    assertThat(panel.person(0)).isEqualTo("2");
    assertThat(panel.person(1)).isEqualTo("10");
    assertThat(TestPanels.values(panel, "wage")).containsExactly(200, 210, 300, 310);
  }

  @Test
  void orderOfRowsAndColumnsLeavesNoTraceInTheDigest() {
    String other =
        "age;sat;pay;year;pid;note\n50;2;300;2020;10;x\n51;2;310.0;2021;10;y\n30;4;200;2020;2;\n31;3;2.1e2;2021;2.0;\n";
    assertThat(imported(other).panel().digest()).isEqualTo(imported(GOOD).panel().digest());
  }

  @Test
  void whatIsLeftOutIsCountedAndPlaced() {
    ImportedPanel imported =
        imported(
            GOOD
                + "2,2021,999,1,31\n" // twice
                + ",2021,100,3,20\n" // nobody
                + "3,abc,100,3,20\n" // no year
                + "3,2020,many,3,20\n" // no number
                + "3,2021,9999,7,200\n"); // missing code, unknown code, out of range
    assertThat(exclusions(imported))
        .containsOnly(
            Map.entry("duplicate_person_year", 1L),
            Map.entry("no_person_id", 1L),
            Map.entry("no_year", 1L),
            Map.entry("wage.not_a_number", 1L),
            Map.entry("satisfaction.unknown_code", 1L),
            Map.entry("age.out_of_range", 1L));
    assertThat(imported.exclusions())
        .contains(new Exclusion("wage.not_a_number", 1, "panel.csv row 9"))
        .contains(new Exclusion("duplicate_person_year", 1, "panel.csv row 6"));
    assertThat(imported.columns().getFirst().missingCodes()).isEqualTo(Map.of(9999.0, 1L));
    assertThat(imported.rowsRead()).isEqualTo(9);
    assertThat(imported.panel().personYears()).isEqualTo(6);
  }

  @Test
  void selfEmployedIncomeIsNoWage() {
    String head = "pid,year,p_age,p_wage,p4321,p_jobtype,p_job_status\n";
    ImportedPanel imported =
        TestPanels.imported(
            head
                + "1,2020,40,300,3,1,1\n1,2021,41,500,3,2,4\n2,2020,30,200,2,,2\n2,2021,31,250,2,,\n",
            Mappings.named("klips-long"));
    assertThat(TestPanels.values(imported.panel(), "wage"))
        .containsExactly(300, Float.NaN, 200, Float.NaN);
    assertThat(exclusions(imported))
        .containsEntry("wage.not_a_wage_worker", 1L)
        .containsEntry("wage.worker_type_unknown", 1L);
  }

  @Test
  void amountsThatCannotBeToldFromSelfEmployedIncomeAreRefused() {
    assertThatThrownBy(
            () ->
                TestPanels.imported(
                    "pid,year,p_age,p_wage\n1,2020,40,300\n1,2021,41,310\n",
                    Mappings.named("klips-long")))
        .isInstanceOf(InvalidArgument.class)
        .hasMessageContaining("p_jobtype");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pid,year,pay\\n | no row",
        "who,year,pay\\n1,2020,5\\n | person id",
        "pid,when,pay\\n1,2020,5\\n | year",
        "pid,year,pay\\n1,2020,5\\n2,2020,6\\n | 2020 only",
        "pid,year,age\\n1,2020,5\\n1,2021,6\\n | no wage and no satisfaction",
        "pid,year,pay\\n1,2020,-1\\n1,2021,9999\\n | no wage and no satisfaction",
        "pid,year,pay\\n1,2020,high\\n1,2021,low\\n | 'high'",
        "pid,year,pid\\n1,2020,1\\n | two columns called 'pid'",
        "pid,year,pay\\n1,2020\\n | row 2",
        "pid,year,pay\\n1,2020,5,6\\n | row 2",
      })
  void unusableFilesGetOneClearLine(String csv, String problem) {
    assertThatThrownBy(() -> imported(csv.replace("\\n", "\n")))
        .isInstanceOf(InvalidArgument.class)
        .hasMessageContaining("panel.csv")
        .hasMessageContaining(problem)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void mixedEncodingsAreNamed() {
    byte[] korean = "2,2020,100,3,30,한국\n".getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[korean.length + 40];
    byte[] head = "pid,year,pay,sat,age,note\n1,2020,1,1,1,".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(head, 0, bytes, 0, head.length);
    bytes[head.length] = (byte) 0xFF;
    System.arraycopy(korean, 0, bytes, bytes.length - korean.length, korean.length);
    assertThatThrownBy(() -> TestPanels.imported(bytes, "mixed.csv", TestPanels.mapping()))
        .isInstanceOf(InvalidArgument.class)
        .hasMessageContaining("mixed.csv")
        .hasMessageContaining("neither UTF-8 nor CP949");
  }

  @Test
  void waveFilesAreOnePanel(@TempDir Path folder) throws IOException {
    List<SurveyFile> files = new ArrayList<>();
    files.add(
        write(
            folder,
            "klips25p.csv",
            """
            pid,hhid25,p250107,p250101,p251642,p250314,p254321,p251003,p251006,p251012
            1,7,40,1,300,1,3,1,40,5
            2,7,38,2,-1,4,2,,,
            """));
    files.add(
        write(
            folder,
            "klips26p.csv",
            """
            pid,hhid26,p260107,p260101,p261642,p260314,p264321,p261003,p261004
            1,8,41,1,320,1,2,2,38
            2,7,39,2,250,2,2,2,20
            """));
    files.add(write(folder, "klips26a.csv", "pid,p266101\n2,4\n1,1\n"));
    files.add(write(folder, "klips26h.csv", "hhid26,h261000\n7,5\n8,3\n"));
    Panel panel = PanelImport.read(files, Mappings.named("klips-raw")).panel();
    assertThat(panel.personYears()).isEqualTo(4);
    assertThat(panel.year(0)).isEqualTo(2022);
    assertThat(TestPanels.values(panel, "wage")).containsExactly(300, 320, Float.NaN, 250);
    assertThat(TestPanels.values(panel, "weekly_hours")).containsExactly(45, 38, Float.NaN, 20);
    assertThat(TestPanels.values(panel, "health")).containsExactly(Float.NaN, 1, Float.NaN, 4);
  }

  @Test
  void waveFilesOfNoKnownNameAreRefused(@TempDir Path folder) throws IOException {
    SurveyFile file = write(folder, "survey.csv", "pid,p250107\n1,2\n");
    assertThatThrownBy(() -> PanelImport.read(List.of(file), Mappings.named("klips-raw")))
        .isInstanceOf(InvalidArgument.class)
        .hasMessageContaining("survey.csv")
        .hasMessageContaining("klips26p");
  }

  private static SurveyFile write(Path folder, String name, String csv) throws IOException {
    return SurveyFile.of(
        Files.writeString(folder.resolve(name), csv, Charset.forName("x-windows-949")));
  }

  @Test
  void soepImportsWithTheCountsOfItsReadme() {
    String shared = System.getenv().getOrDefault("ILTEO_SHARED", "");
    Path file =
        List.of(
                Path.of(shared),
                Path.of("../shared"),
                Path.of("../../shared"),
                Path.of("../../../shared"))
            .stream()
            .map(p -> p.resolve("data/soep_practice_2015_2019.csv"))
            .filter(Files::exists)
            .findFirst()
            .orElse(Path.of("absent"));
    assumeTrue(Files.exists(file), "Skipped: the SOEP practice data set is not here.");
    ImportedPanel imported = PanelImport.read(file, Mappings.named("soep"));
    Panel panel = imported.panel();
    assertThat(panel.personYears()).isEqualTo(23_522);
    assertThat(panel.personCount()).isEqualTo(6_355);
    assertThat(panel.firstYear()).isEqualTo(2015);
    assertThat(panel.lastYear()).isEqualTo(2019);
    assertThat(exclusions(imported)).containsOnlyKeys("wage.out_of_range");
  }

  @Test
  void mappingsSurviveWritingAndReading() {
    for (String name : Mappings.shipped()) {
      Mapping mapping = Mappings.named(name);
      assertThat(Mappings.parse(Mappings.write(mapping))).isEqualTo(mapping);
    }
    assertThat(Mappings.parse(Mappings.template()).name()).isEqualTo("my-survey");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: x | person",
        "{name: x, person: p, time: {source: y}, wage: {source: w, unit: u, range: [1, 2], onyl: 3}} | unknown key 'onyl'",
        "'{' | Mapping line",
        "'' | empty",
      })
  void mappingsThatAreNoneGetOneClearLine(String yaml, String problem) {
    assertThatThrownBy(() -> Mappings.parse(yaml))
        .isInstanceOf(InvalidArgument.class)
        .hasMessageContaining(problem);
  }

  @Test
  void unknownMappingNamesThoseThatExist() {
    assertThatThrownBy(() -> Mappings.named("nope"))
        .isInstanceOf(InvalidArgument.class)
        .hasMessageContaining("klips-long, klips-raw, soep");
  }
}
