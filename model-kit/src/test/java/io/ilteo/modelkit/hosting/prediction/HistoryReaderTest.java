package io.ilteo.modelkit.hosting.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ilteo.modelkit.hosting.bench.PanelHistories;
import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.SyntheticPanels;
import io.ilteo.modelkit.panel.feature.FeatureSet;
import io.ilteo.modelkit.panel.feature.FeatureTransform;
import io.ilteo.modelkit.panel.feature.FittedInputs;
import io.ilteo.modelkit.panel.feature.Histories;
import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.fold.Folds;
import io.ilteo.modelkit.panel.fold.Protocol;
import io.ilteo.modelkit.panel.fold.TargetSelection;
import io.ilteo.modelkit.panel.fold.ValidationFold;
import io.ilteo.modelkit.panel.fold.WindowSpec;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.proto.model.v1.HistoryBatch;
import io.ilteo.proto.model.v1.PersonHistory;
import io.ilteo.proto.model.v1.Wave;
import io.ilteo.servicekit.error.DomainException;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HistoryReaderTest {
  private static final Panel PANEL = SyntheticPanels.imported(300, 5).panel();
  private static final Folds FOLDS =
      Folds.split(
          PANEL,
          new WindowSpec(5, 1),
          Protocol.NEW_PERSONS,
          TargetSelection.wage(PANEL.mapping()),
          3);

  private static final FittedInputs INPUTS = fitted(FeatureSet.PANEL_V1);

  private static FittedInputs fitted(FeatureSet set) {
    FittedInputs inputs =
        new FittedInputs(FeatureTransform.fit(FOLDS.training(), set), PANEL.mapping());
    return FittedInputs.fromBytes(inputs.toBytes());
  }

  @ParameterizedTest
  @EnumSource(FeatureSet.class)
  void messagesGiveTheBitsOfTraining(FeatureSet set) {
    FittedInputs inputs = fitted(set);
    ValidationFold fold = FOLDS.validation();
    Sequences trained = FeatureTransform.fit(FOLDS.training(), set).sequences(fold);
    PanelHistories histories = new PanelHistories(PANEL, inputs.columns().reversed());
    HistoryBatch.Builder batch = histories.batch();
    List<Integer> told = new ArrayList<>();
    for (int i = 0; i < fold.size(); i++) {
      PersonHistory person = histories.person(fold.person(i), fold.inputRow(i), 64);
      if (hasWage(person, batch.getColumnsList().indexOf(Mapping.WAGE))) {
        batch.addPersons(person);
        told.add(i);
      }
    }
    List<Histories.Person> persons = new HistoryReader(inputs, Mapping.WAGE).read(batch.build());
    Sequences served =
        inputs.transform().compile().sequences(new Histories(inputs.columns(), persons));
    assertThat(served.size()).isEqualTo(told.size()).isGreaterThan(100);
    for (int i = 0; i < served.size(); i++) {
      assertThat(inputs(served, i)).isEqualTo(inputs(trained, told.get(i)));
      assertThat(categories(served, i)).isEqualTo(categories(trained, told.get(i)));
      assertThat(served.lastWage(i)).isEqualTo(trained.lastWage(told.get(i)));
      assertThat(served.priceLevel(i)).isEqualTo(trained.priceLevel(told.get(i)));
    }
  }

  private static boolean hasWage(PersonHistory person, int column) {
    return person.getWavesList().stream().anyMatch(w -> !Double.isNaN(w.getValues(column)));
  }

  private static float[] inputs(Sequences sequences, int i) {
    float[] inputs = new float[sequences.steps() * sequences.features()];
    sequences.copyInputs(i, inputs, 0);
    return inputs;
  }

  private static int[] categories(Sequences sequences, int i) {
    int[] categories = new int[sequences.steps() * sequences.categories()];
    sequences.copyCategories(i, categories, 0);
    return categories;
  }

  @Test
  void refusalsNameWhatIsWrongAndWhatWouldBeAccepted() {
    refused(InvalidArgument.class, batch().setMapping("soep"), "mapping \"soep\"", "klips-long");
    refused(InvalidArgument.class, batch().addColumns("salary"), "\"salary\"", "wage", "age");
    refused(InvalidArgument.class, batch().addColumns("wage"), "\"wage\" twice");
    refused(InvalidArgument.class, batch().clearPersons(), "1 to 10,000");
    refused(
        FailedPrecondition.class,
        batch().clearColumns().addColumns("age"),
        "lacks \"wage\"",
        "age");
    refused(InvalidArgument.class, person(), "\"p\" has 0 waves; 1 to 64");
    refused(InvalidArgument.class, person(wave(2020, 250, 30), wave(2020, 260, 31)), "increase");
    refused(InvalidArgument.class, person(wave(20, 250, 30)), "year 20; 1900 to 2200");
    refused(InvalidArgument.class, person(wave(2020, 250)), "has 1 values", "has 2");
    refused(
        InvalidArgument.class,
        person(wave(2020, -5, 30)),
        "person \"p\", year 2020: wage is -5.0; 1 to 20000");
    refused(InvalidArgument.class, person(wave(2020, 1e9, 30)), "wage is 1.0E9");
    refused(InvalidArgument.class, person(wave(2020, Double.POSITIVE_INFINITY, 30)), "is Infinity");
    refused(InvalidArgument.class, person(wave(2020, 250, 300)), "age is 300.0; 10 to 110");
    refused(InvalidArgument.class, person(wave(2020, Double.NaN, 30)), "no wage in any year");
    Wave[] many = new Wave[65];
    for (int i = 0; i < many.length; i++) {
      many[i] = wave(1950 + i, 200, 30);
    }
    refused(InvalidArgument.class, person(many), "65 waves; 1 to 64");
  }

  @Test
  void damagedInputsAreRefused() {
    byte[] bytes = fitted(FeatureSet.ORIGIN_33_V1).toBytes();
    byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length / 2);
    byte[] later = bytes.clone();
    later[0] = 9;
    assertThatThrownBy(() -> FittedInputs.fromBytes(cut)).isInstanceOf(InvalidArgument.class);
    assertThatThrownBy(() -> FittedInputs.fromBytes(later))
        .isInstanceOf(InvalidArgument.class)
        .hasMessageContaining("format 9");
  }

  private static HistoryBatch.Builder batch() {
    return person(wave(2020, 250, 30));
  }

  private static HistoryBatch.Builder person(Wave... waves) {
    return HistoryBatch.newBuilder()
        .addColumns("wage")
        .addColumns("age")
        .addPersons(
            PersonHistory.newBuilder().setPersonId("p").addAllWaves(List.of(waves)).build());
  }

  private static Wave wave(int year, double... values) {
    Wave.Builder wave = Wave.newBuilder().setYear(year);
    for (double value : values) {
      wave.addValues(value);
    }
    return wave.build();
  }

  private static void refused(
      Class<? extends DomainException> kind, HistoryBatch.Builder batch, String... words) {
    HistoryReader reader = new HistoryReader(INPUTS, Mapping.WAGE);
    assertThatThrownBy(() -> reader.read(batch.build()))
        .isInstanceOf(kind)
        .hasMessageContainingAll(words);
  }
}
