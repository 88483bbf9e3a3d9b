package io.ilteo.modelkit.panel.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.SyntheticPanels;
import io.ilteo.modelkit.panel.TestPanels;
import io.ilteo.modelkit.panel.feature.FeatureSet;
import io.ilteo.modelkit.panel.feature.FeatureTransform;
import io.ilteo.modelkit.panel.feature.Histories;
import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.feature.WageScale;
import io.ilteo.modelkit.panel.feature.WageTransform;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The eight faults of the origin report, one by one, and planted leaks. */
class LeakTest {
  private static final Panel PANEL = SyntheticPanels.imported(500, 21).panel();
  private static final WindowSpec WINDOW = new WindowSpec(5, 1);

  private static Folds folds(Panel panel, Protocol protocol) {
    return Folds.split(panel, WINDOW, protocol, TargetSelection.both(panel.mapping()), 9);
  }

  // Fault 1: tuning looked at the test set.

  @Test
  void testFoldIsReadOnceAndOnlyOnRecord() {
    TestFold test = folds(PANEL, Protocol.NEW_PERSONS).test();
    AtomicInteger records = new AtomicInteger();
    TestReading reading = new TestReading("models/wage/versions/1", "studies/1");
    assertThatThrownBy(
            () ->
                test.open(
                    reading,
                    r -> {
                      throw new IllegalStateException("no record");
                    }))
        .hasMessage("no record");
    OpenTestFold open = test.open(reading, r -> records.incrementAndGet());
    assertThat(open.size()).isEqualTo(test.size());
    assertThat(records).hasValue(1);
    assertThatThrownBy(() -> test.open(reading, r -> {})).hasMessageContaining("once");
  }

  // Fault 2: person statistics over the whole history.

  @ParameterizedTest
  @EnumSource(FeatureSet.class)
  void whatComesLaterChangesNoInput(FeatureSet set) {
    Folds folds = folds(PANEL, Protocol.NEW_PERSONS);
    FeatureTransform transform = FeatureTransform.fit(folds.training(), set);
    List<String> columns = transform.inputColumns();
    int person = folds.training().person(0);
    int first = PANEL.start(person);
    int all = PANEL.start(person + 1) - first;
    assertThat(all).isGreaterThan(4);
    float[] known = inputsOfYear(transform, history(person, columns, 3), 3);
    float[] hindsight = inputsOfYear(transform, history(person, columns, all), 3);
    assertThat(hindsight).isEqualTo(known);
  }

  /** Inputs of the {@code index}-th year of a history, in a window long enough to show it. */
  private static float[] inputsOfYear(FeatureTransform fitted, Histories histories, int index) {
    FeatureTransform wide =
        new FeatureTransform(
            fitted.set(),
            new WindowSpec(32, 1),
            fitted.schema(),
            fitted.features(),
            fitted.vocabularies(),
            fitted.cells(),
            fitted.panelDigest());
    Sequences sequences = wide.sequences(histories);
    int[] years = histories.persons().getFirst().years();
    int step = 31 - (years[years.length - 1] - years[index - 1]);
    int features = sequences.features();
    return Arrays.copyOfRange(sequences.inputs(), step * features, (step + 1) * features);
  }

  private static Histories history(int person, List<String> columns, int count) {
    int[] years = new int[count];
    double[][] values = new double[count][columns.size()];
    for (int i = 0; i < count; i++) {
      int row = PANEL.start(person) + i;
      years[i] = PANEL.year(row);
      for (int c = 0; c < columns.size(); c++) {
        values[i][c] = PANEL.column(columns.get(c)).value(row);
      }
    }
    return new Histories(columns, List.of(new Histories.Person("x", years, values)));
  }

  // Fault 3: scalers, imputers and caps fitted on training and test data together.

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void transformDoesNotKnowTheOtherFolds(Protocol protocol) {
    Folds folds = folds(PANEL, protocol);
    float[] wages = TestPanels.values(PANEL, "wage");
    Set<Integer> seen = new HashSet<>();
    TrainingFold training = folds.training();
    for (int i = 0; i < training.size(); i++) {
      for (int row = PANEL.start(training.person(i)); row <= training.targetRow(i); row++) {
        seen.add(row);
      }
    }
    int changed = 0;
    for (int row = 0; row < wages.length; row++) {
      if (!seen.contains(row) && wages[row] > 0) {
        wages[row] *= 100;
        changed++;
      }
    }
    assertThat(changed).isGreaterThan(100);
    Panel other = TestPanels.with(PANEL, "wage", wages);
    FeatureTransform one = FeatureTransform.fit(training, FeatureSet.PANEL_V1);
    TrainingFold otherTraining = folds(other, protocol).training();
    FeatureTransform two = FeatureTransform.fit(otherTraining, FeatureSet.PANEL_V1);
    assertThat(two.features()).isEqualTo(one.features());
    assertThat(two.cells()).isEqualTo(one.cells());
    assertThat(two.vocabularies()).isEqualTo(one.vocabularies());
    assertThat(WageTransform.fit(otherTraining, WageScale.LOG))
        .isEqualTo(WageTransform.fit(training, WageScale.LOG));
  }

  @Test
  void everythingThatIsFittedTakesATrainingFold() {
    int found = 0;
    for (Class<?> type : List.of(FeatureTransform.class, WageTransform.class)) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals("fit")) {
          assertThat(method.getParameterTypes()[0]).isEqualTo(TrainingFold.class);
          found++;
        }
      }
    }
    assertThat(found).isEqualTo(2);
  }

  // Fault 4: the target lay two steps ahead, the newest row was skipped.

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void targetYearIsTheLastInputYearPlusTheHorizon(int horizon) {
    Folds folds =
        Folds.split(
            PANEL,
            new WindowSpec(4, horizon),
            Protocol.NEW_PERSONS,
            TargetSelection.both(PANEL.mapping()),
            1);
    TrainingFold fold = folds.training();
    for (int i = 0; i < fold.size(); i++) {
      assertThat(PANEL.year(fold.targetRow(i))).isEqualTo(PANEL.year(fold.inputRow(i)) + horizon);
    }
  }

  @Test
  void samplesOfAnotherYearAreRefused() {
    int[] person = {0};
    assertThatThrownBy(
            () ->
                new Samples(
                    PANEL,
                    WINDOW,
                    TargetSelection.both(PANEL.mapping()),
                    person,
                    new int[] {0},
                    new int[] {2}))
        .isInstanceOf(LeakException.class);
  }

  // Fault 5: windows ran across year gaps.

  @Test
  void yearsWithoutInterviewAreMasked() {
    String csv =
        "pid,year,pay,sat,age,facet,extra\n"
            + "1,2010,100,3,40,3,0\n1,2011,110,3,41,3,0\n1,2013,120,2,43,3,0\n1,2014,130,2,44,3,0\n"
            + manyPersons();
    Panel panel = TestPanels.imported(csv, TestPanels.mapping()).panel();
    Folds folds =
        Folds.split(
            panel,
            new WindowSpec(4, 1),
            Protocol.NEW_PERSONS,
            TargetSelection.both(panel.mapping()),
            2);
    FeatureTransform transform = FeatureTransform.fit(folds.training(), FeatureSet.ORIGIN_33_V1);
    Histories histories =
        new Histories(
            List.of("wage"),
            List.of(
                new Histories.Person(
                    "1", new int[] {2010, 2011, 2013}, new double[][] {{100}, {110}, {120}})));
    Sequences sequences = transform.sequences(histories);
    assertThat(sequences.mask()).containsExactly(1, 1, 0, 1);
    int features = sequences.features();
    assertThat(Arrays.copyOfRange(sequences.inputs(), 2 * features, 3 * features)).containsOnly(0f);
    assertThat(sequences.targetYear(0)).isEqualTo(2014);
  }

  private static String manyPersons() {
    StringBuilder csv = new StringBuilder();
    for (int p = 2; p < 60; p++) {
      for (int year = 2010; year < 2015; year++) {
        int pay = 100 + 7 * p + 3 * (year - 2010) * (p % 5);
        csv.append("%d,%d,%d,%d,%d,3,0%n".formatted(p, year, pay, 1 + (p + year) % 5, 20 + p % 30));
      }
    }
    return csv.toString();
  }

  // Fault 6: an unscaled loss.

  @Test
  void wageTargetIsStandardised() {
    TrainingFold fold = folds(PANEL, Protocol.NEW_PERSONS).training();
    Sequences train = FeatureTransform.fit(fold, FeatureSet.PANEL_V1).sequences(fold);
    for (WageScale scale : WageScale.values()) {
      WageTransform wages = WageTransform.fit(fold, scale);
      double sum = 0;
      double squares = 0;
      int count = 0;
      for (int i = 0; i < train.size(); i++) {
        if (train.hasWage(i)) {
          double z = wages.toModel(train.wage(i), train.priceLevel(i));
          sum += z;
          squares += z * z;
          count++;
          assertThat(wages.fromModel(z, train.priceLevel(i)))
              .isCloseTo(train.wage(i), org.assertj.core.data.Percentage.withPercentage(1e-6));
        }
      }
      assertThat(sum / count).isBetween(-1e-9, 1e-9);
      assertThat(squares / count).isBetween(1 - 1e-9, 1 + 1e-9);
    }
  }

  // Fault 7, wages mixed with self-employed income, is in PanelImportTest.

  // Fault 8: shared persons.

  @Test
  void newPersonsAreInOneFoldEach() {
    Folds folds = folds(PANEL, Protocol.NEW_PERSONS);
    OpenTestFold test = folds.test().open(new TestReading("m", "s"), r -> {});
    Set<Integer> all = new HashSet<>();
    int sum = 0;
    for (Fold fold : List.of(folds.training(), folds.validation(), test)) {
      Set<Integer> persons = new HashSet<>();
      for (int i = 0; i < fold.size(); i++) {
        persons.add(fold.person(i));
      }
      assertThat(fold.personCount()).isEqualTo(persons.size());
      sum += persons.size();
      all.addAll(persons);
    }
    assertThat(all).hasSize(sum);
  }

  @Test
  void futureYearsAreAfterTheTrainingYears() {
    Folds folds = folds(PANEL, Protocol.KNOWN_PERSONS_FUTURE_YEARS);
    OpenTestFold test = folds.test().open(new TestReading("m", "s"), r -> {});
    for (int i = 0; i < folds.training().size(); i++) {
      assertThat(PANEL.year(folds.training().targetRow(i))).isLessThanOrEqualTo(2021);
    }
    for (int i = 0; i < folds.validation().size(); i++) {
      assertThat(PANEL.year(folds.validation().targetRow(i))).isEqualTo(2022);
    }
    for (int i = 0; i < test.size(); i++) {
      assertThat(PANEL.year(test.targetRow(i))).isEqualTo(2023);
    }
  }

  // Planted leaks.

  @ParameterizedTest
  @ValueSource(strings = {"wage", "satisfaction", "facet_pay"})
  void columnThatEqualsNextYearIsRefused(String secret) {
    float[] leak = TestPanels.values(PANEL, secret);
    for (int p = 0; p < PANEL.personCount(); p++) {
      for (int row = PANEL.start(p); row < PANEL.start(p + 1); row++) {
        boolean next = row + 1 < PANEL.start(p + 1) && PANEL.year(row + 1) == PANEL.year(row) + 1;
        leak[row] = next ? PANEL.column(secret).value(row + 1) : Float.NaN;
      }
    }
    Panel leaky = TestPanels.with(PANEL, "planted", leak);
    assertThatThrownBy(() -> folds(leaky, Protocol.NEW_PERSONS))
        .isInstanceOf(FailedPrecondition.class)
        .hasMessageContaining("'planted' equals '" + secret + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wage", "satisfaction"})
  void meanOverTheWholeHistoryIsRefused(String target) {
    float[] leak = new float[PANEL.personYears()];
    for (int p = 0; p < PANEL.personCount(); p++) {
      double sum = 0;
      int count = 0;
      for (int row = PANEL.start(p); row < PANEL.start(p + 1); row++) {
        float value = PANEL.column(target).value(row);
        if (!Float.isNaN(value)) {
          sum += value;
          count++;
        }
      }
      Arrays.fill(leak, PANEL.start(p), PANEL.start(p + 1), (float) (sum / count));
    }
    Panel leaky = TestPanels.with(PANEL, "planted", leak);
    assertThatThrownBy(() -> folds(leaky, Protocol.NEW_PERSONS))
        .isInstanceOf(FailedPrecondition.class)
        .hasMessageContaining("mean of '" + target + "'");
  }

  @Test
  void foldThatCannotBeFilledIsRefused() {
    String csv = "pid,year,pay,sat\n1,2020,100,3\n1,2021,110,3\n";
    Panel tiny = TestPanels.imported(csv, TestPanels.mapping()).panel();
    assertThatThrownBy(() -> folds(tiny, Protocol.KNOWN_PERSONS_FUTURE_YEARS))
        .isInstanceOf(FailedPrecondition.class)
        .hasMessageContaining("training fold would be empty");
  }
}
