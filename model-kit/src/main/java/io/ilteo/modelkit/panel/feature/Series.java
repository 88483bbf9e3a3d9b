package io.ilteo.modelkit.panel.feature;

/** A quantity of a person-year that features are made of. */
sealed interface Series {
  /** Name in feature names. */
  String name();

  /** What it is made of: the name of a column where it is one, for people who ask what counted. */
  default String source() {
    return name();
  }

  /** The value in the cursor's year, NaN where missing. */
  double of(PersonYear at);

  /**
   * A column as it is.
   *
   * @param index place in the schema
   * @param sign −1 where a higher code means less, so that more is always higher
   */
  record Column(String name, int index, int sign) implements Series {
    @Override
    public double of(PersonYear at) {
      return sign * at.value(index);
    }
  }

  /** Natural log of the real wage. */
  record LogRealWage() implements Series {
    @Override
    public String name() {
      return "log_wage";
    }

    @Override
    public String source() {
      return "wage";
    }

    @Override
    public double of(PersonYear at) {
      return at.logRealWage();
    }
  }

  /** Satisfaction as a position on its scale, 0 = least. */
  record Satisfaction() implements Series {
    @Override
    public String name() {
      return "satisfaction";
    }

    @Override
    public double of(PersonYear at) {
      return at.satisfactionLevel();
    }
  }

  /** Potential experience: age − schooling − 6 (Mincer 1974). */
  record Experience(int age, int schooling) implements Series {
    private static final int SCHOOL_AGE = 6;

    @Override
    public String name() {
      return "experience";
    }

    @Override
    public double of(PersonYear at) {
      return Math.max(0, at.value(age) - at.value(schooling) - SCHOOL_AGE);
    }
  }

  /** The calendar year. */
  record Year() implements Series {
    @Override
    public String name() {
      return "year";
    }

    @Override
    public String source() {
      return Feature.CALENDAR;
    }

    @Override
    public double of(PersonYear at) {
      return at.year();
    }
  }

  /** Product of two series. */
  record Product(Series first, Series second) implements Series {
    @Override
    public String name() {
      return first.equals(second)
          ? first.name() + "_squared"
          : first.name() + "_x_" + second.name();
    }

    @Override
    public String source() {
      return first.equals(second) ? first.source() : name();
    }

    @Override
    public double of(PersonYear at) {
      return first.of(at) * second.of(at);
    }
  }

  /** Mean of those of the columns that are present. */
  record Mean(String name, java.util.List<Series> parts) implements Series {
    @Override
    public double of(PersonYear at) {
      double sum = 0;
      int present = 0;
      for (Series part : parts) {
        double value = part.of(at);
        if (!Double.isNaN(value)) {
          sum += value;
          present++;
        }
      }
      return present == 0 ? Double.NaN : sum / present;
    }
  }
}
