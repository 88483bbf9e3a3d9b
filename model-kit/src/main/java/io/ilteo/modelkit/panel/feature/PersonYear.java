package io.ilteo.modelkit.panel.feature;

/**
 * What features may see of one year of one person.
 *
 * <p>A cursor that the program moves forward only: there is no way from it to a later year.
 */
final class PersonYear {
  private int year;
  private final float[] values;
  private double logRealWage;
  private double satisfactionLevel;

  PersonYear(int columns) {
    this.values = new float[columns];
  }

  /** Input columns, in the schema's order, to be filled before {@link #set}. */
  float[] values() {
    return values;
  }

  void set(int year, double logRealWage, double satisfactionLevel) {
    this.year = year;
    this.logRealWage = logRealWage;
    this.satisfactionLevel = satisfactionLevel;
  }

  int year() {
    return year;
  }

  /** Value of input column {@code index}, NaN where missing. */
  float value(int index) {
    return values[index];
  }

  /** Natural log of the wage in prices of the deflator's base, NaN where there is no wage. */
  double logRealWage() {
    return logRealWage;
  }

  /** Position on the satisfaction scale, 0 = least satisfied, NaN where missing. */
  double satisfactionLevel() {
    return satisfactionLevel;
  }
}
