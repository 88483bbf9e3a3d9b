package io.ilteo.modelkit.panel.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.SyntheticPanels;
import io.ilteo.modelkit.panel.fold.Folds;
import io.ilteo.modelkit.panel.fold.Protocol;
import io.ilteo.modelkit.panel.fold.TargetSelection;
import io.ilteo.modelkit.panel.fold.ValidationFold;
import io.ilteo.modelkit.panel.fold.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FeatureTransformTest {
  private static final Panel PANEL = SyntheticPanels.imported(400, 11).panel();

  private static Folds folds(Protocol protocol) {
    return Folds.split(
        PANEL, new WindowSpec(5, 1), protocol, TargetSelection.both(PANEL.mapping()), 3);
  }

  @ParameterizedTest
  @EnumSource(FeatureSet.class)
  void servedHistoryGivesTheBitsOfTraining(FeatureSet set) {
    Folds folds = folds(Protocol.NEW_PERSONS);
    FeatureTransform fitted = FeatureTransform.fit(folds.training(), set);
    ValidationFold fold = folds.validation();
    Sequences trained = fitted.sequences(fold);
    List<Histories.Person> persons = new ArrayList<>();
    for (int i = 0; i < fold.size(); i++) {
      persons.add(history(fitted.inputColumns(), fold, i));
    }
    Sequences served =
        FeatureTransform.fromJson(fitted.toJson())
            .sequences(new Histories(fitted.inputColumns(), persons));
    assertThat(served.size()).isPositive().isEqualTo(trained.size());
    assertThat(served.inputs()).isEqualTo(trained.inputs());
    assertThat(served.mask()).isEqualTo(trained.mask());
    assertThat(served.categoryIndices()).isEqualTo(trained.categoryIndices());
    for (int i = 0; i < served.size(); i++) {
      assertThat(served.targetYear(i)).isEqualTo(trained.targetYear(i));
      assertThat(served.priceLevel(i)).isEqualTo(trained.priceLevel(i));
    }
  }

  private static Histories.Person history(List<String> columns, ValidationFold fold, int i) {
    int first = PANEL.start(fold.person(i));
    int count = fold.inputRow(i) - first + 1;
    int[] years = new int[count];
    double[][] values = new double[count][columns.size()];
    for (int row = 0; row < count; row++) {
      years[row] = PANEL.year(first + row);
      for (int c = 0; c < columns.size(); c++) {
        values[row][c] = PANEL.column(columns.get(c)).value(first + row);
      }
    }
    return new Histories.Person(PANEL.person(fold.person(i)), years, values);
  }

  @Test
  void originSetHas33Inputs() {
    FeatureTransform fitted =
        FeatureTransform.fit(folds(Protocol.NEW_PERSONS).training(), FeatureSet.ORIGIN_33_V1);
    assertThat(fitted.inputNames()).hasSize(33).doesNotHaveDuplicates();
  }

  @Test
  void inputsAreFiniteAndStandardisedOnTheTrainingFold() {
    Folds folds = folds(Protocol.KNOWN_PERSONS_FUTURE_YEARS);
    Sequences train =
        FeatureTransform.fit(folds.training(), FeatureSet.PANEL_V1).sequences(folds.training());
    float[] inputs = train.inputs();
    double squares = 0;
    for (float input : inputs) {
      assertThat(Float.isFinite(input)).isTrue();
      squares += input * input;
    }
    assertThat(squares / inputs.length).isBetween(0.2, 1.2);
    assertThat(train.featureNames()).doesNotHaveDuplicates();
  }
}
