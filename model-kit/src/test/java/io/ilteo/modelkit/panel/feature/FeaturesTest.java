package io.ilteo.modelkit.panel.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.modelkit.panel.feature.Features.SoFar;
import io.ilteo.modelkit.panel.mapping.ColumnType;
import io.ilteo.modelkit.panel.mapping.Deflator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What each kind of feature says of one person with a gap and a missing answer. */
class FeaturesTest {
  private static final double NONE = Double.NaN;
  private static final InputSchema SCHEMA =
      new InputSchema(
          List.of(
              new InputColumn("wage", ColumnType.NUMERIC, false, false),
              new InputColumn("satisfaction", ColumnType.ORDINAL, false, false),
              new InputColumn("industry", ColumnType.CATEGORICAL, false, false),
              new InputColumn("health", ColumnType.ORDINAL, false, true)),
          List.of(5.0, 4.0, 3.0, 2.0, 1.0),
          new Deflator(Map.of(2010, 50.0, 2020, 100.0)));
  private static final int[] YEARS = {2010, 2011, 2013, 2014, 2015};
  private static final double[][] VALUES = {
    {100, 3, 15, 2}, {NONE, 2, 15, 3}, {120, NONE, 20, 1}, {130, 1, NONE, 1}, {130, 5, 20, 1}
  };
  private static final Series WAGE = new Series.Column("wage", 0, 1);

  private static double[] run(Feature feature) {
    Histories histories =
        new Histories(
            List.of("wage", "satisfaction", "industry", "health"),
            List.of(new Histories.Person("1", YEARS, VALUES)));
    double[] values = new double[YEARS.length];
    new FeatureProgram(SCHEMA, List.of(feature), CellMeans.none())
        .run(PersonSource.of(histories, SCHEMA), (person, i, at, raw) -> values[i] = raw[0]);
    return values;
  }

  private static void check(Feature feature, double... expected) {
    double[] values = run(feature);
    IntStream.range(0, expected.length)
        .forEach(
            i -> {
              if (Double.isNaN(expected[i])) {
                assertThat(values[i]).as(feature.name() + " " + YEARS[i]).isNaN();
              } else {
                assertThat(values[i])
                    .as(feature.name() + " " + YEARS[i])
                    .isCloseTo(expected[i], Offset.offset(1e-9));
              }
            });
  }

  @Test
  void lagsGoByYearAndNotByRow() {
    check(new Features.Now(WAGE), 100, NONE, 120, 130, 130);
    check(new Features.Lag(WAGE, 1), NONE, 100, NONE, 120, 130);
    check(new Features.Lag(WAGE, 3), NONE, NONE, 100, NONE, NONE);
    check(new Features.Change(WAGE, 1), NONE, NONE, NONE, 10, 0);
    check(new Features.MovingMean(WAGE, 3), 100, 100, 120, 125, 380.0 / 3);
  }

  @Test
  void personFiguresExpand() {
    check(new Features.Expanding(WAGE, SoFar.MEAN), 100, 100, 110, 350.0 / 3, 120);
    check(new Features.Expanding(WAGE, SoFar.COUNT), 1, 1, 2, 3, 4);
    check(new Features.Expanding(WAGE, SoFar.OFFSET), 0, NONE, 10, 40.0 / 3, 10);
    check(
        new Features.Expanding(WAGE, SoFar.DEVIATION),
        0,
        0,
        10,
        Math.sqrt(1400.0 / 9),
        Math.sqrt(150));
    check(new Features.LastKnown(WAGE), 100, 100, 120, 130, 130);
  }

  @Test
  void spellsCountYearsAndSwitchesCountChanges() {
    Series industry = new Series.Column("industry", 2, 1);
    check(new Features.Spell(industry), 0, 1, 0, 1, 2);
    check(new Features.Switches(industry), 0, 0, 1, 1, 1);
    check(new Features.Gap(), 0, 1, 2, 1, 1);
    check(new Features.Interviews(), 1, 2, 3, 4, 5);
  }

  @Test
  void satisfactionAndOrdinalsPointUpwards() {
    check(new Features.Now(new Series.Satisfaction()), 2, 3, NONE, 4, 0);
    check(new Features.Now(new Series.Column("health", 3, -1)), -2, -3, -1, -1, -1);
  }

  @Test
  void wagesAreDeflated() {
    double priceLevel2015 = Math.sqrt(0.5);
    check(
        new Features.Now(new Series.LogRealWage()),
        Math.log(200),
        NONE,
        Math.log(120 / (0.5 * Math.pow(2, 0.3))),
        Math.log(130 / (0.5 * Math.pow(2, 0.4))),
        Math.log(130 / priceLevel2015));
    assertThat(SCHEMA.priceLevel(2005)).isEqualTo(0.5);
    assertThat(SCHEMA.priceLevel(2030)).isEqualTo(1.0);
  }

  @Test
  void periodsAndCyclesGoByTheCalendar() {
    check(new Features.Period("p", 2011, 2013), 0, 1, 1, 0, 0);
    check(new Features.Cycle(5, false), 1, Math.cos(0.4 * Math.PI));
  }
}
