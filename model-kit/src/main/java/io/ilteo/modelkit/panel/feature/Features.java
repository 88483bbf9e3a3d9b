package io.ilteo.modelkit.panel.feature;

/** The kinds of features. Each looks back only, and by calendar year, never by row. */
final class Features {
  private Features() {}

  /** The series now. */
  record Now(Series series) implements Feature {
    @Override
    public String source() {
      return series.source();
    }

    @Override
    public String name() {
      return series.name();
    }

    @Override
    public boolean indicated() {
      return true;
    }

    @Override
    public Tracker start(CellMeans cells) {
      return series::of;
    }
  }

  /** The series {@code years} calendar years ago. */
  record Lag(Series series, int years) implements Feature {
    @Override
    public String source() {
      return series.source();
    }

    @Override
    public String name() {
      return series.name() + "_lag" + years;
    }

    @Override
    public boolean indicated() {
      return true;
    }

    @Override
    public Tracker start(CellMeans cells) {
      YearMemory memory = new YearMemory();
      return at -> {
        memory.put(at.year(), series.of(at));
        return memory.get(at.year() - years);
      };
    }
  }

  /** Mean of the present values of the last {@code years} calendar years, this one included. */
  record MovingMean(Series series, int years) implements Feature {
    @Override
    public String source() {
      return series.source();
    }

    @Override
    public String name() {
      return series.name() + "_mean" + years;
    }

    @Override
    public Tracker start(CellMeans cells) {
      YearMemory memory = new YearMemory();
      return at -> {
        memory.put(at.year(), series.of(at));
        double sum = 0;
        int present = 0;
        for (int back = years - 1; back >= 0; back--) {
          double value = memory.get(at.year() - back);
          if (!Double.isNaN(value)) {
            sum += value;
            present++;
          }
        }
        return present == 0 ? Double.NaN : sum / present;
      };
    }
  }

  /** The series now minus {@code years} calendar years ago. */
  record Change(Series series, int years) implements Feature {
    @Override
    public String source() {
      return series.source();
    }

    @Override
    public String name() {
      return series.name() + "_change" + years;
    }

    @Override
    public Tracker start(CellMeans cells) {
      YearMemory memory = new YearMemory();
      return at -> {
        double now = series.of(at);
        memory.put(at.year(), now);
        return now - memory.get(at.year() - years);
      };
    }
  }

  /** Which figure of a person's values so far. */
  enum SoFar {
    /** Their mean. */
    MEAN,
    /** Their standard deviation; 0 for one value. */
    DEVIATION,
    /** The value now minus their mean. */
    OFFSET,
    /** How many there are. */
    COUNT
  }

  /** A figure of all values of the person up to now (Welford 1962). */
  record Expanding(Series series, SoFar figure) implements Feature {
    @Override
    public String source() {
      return series.source();
    }

    @Override
    public String name() {
      return series.name() + "_own_" + figure.name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public Tracker start(CellMeans cells) {
      return new Tracker() {
        private int count;
        private double mean;
        private double squares;

        @Override
        public double next(PersonYear at) {
          double value = series.of(at);
          if (!Double.isNaN(value)) {
            count++;
            double delta = value - mean;
            mean += delta / count;
            squares += delta * (value - mean);
          }
          return switch (figure) {
            case MEAN -> count == 0 ? Double.NaN : mean;
            case DEVIATION -> count == 0 ? Double.NaN : Math.sqrt(squares / count);
            case OFFSET -> value - mean;
            case COUNT -> count;
          };
        }
      };
    }
  }

  /** The last present value of the series, however long ago. */
  record LastKnown(Series series) implements Feature {
    @Override
    public String source() {
      return series.source();
    }

    @Override
    public String name() {
      return series.name() + "_last";
    }

    @Override
    public boolean indicated() {
      return true;
    }

    @Override
    public Tracker start(CellMeans cells) {
      return new Tracker() {
        private double last = Double.NaN;

        @Override
        public double next(PersonYear at) {
          double value = series.of(at);
          if (!Double.isNaN(value)) {
            last = value;
          }
          return last;
        }
      };
    }
  }

  /** Years since a code last changed, or since the person was first seen. */
  record Spell(Series series) implements Feature {
    @Override
    public String source() {
      return series.source();
    }

    @Override
    public String name() {
      return series.name() + "_spell";
    }

    @Override
    public Tracker start(CellMeans cells) {
      return new Tracker() {
        private double code = Double.NaN;
        private int since;

        @Override
        public double next(PersonYear at) {
          double now = series.of(at);
          if (!Double.isNaN(now) && now != code) {
            code = now;
            since = at.year();
          }
          return Double.isNaN(code) ? Double.NaN : at.year() - since;
        }
      };
    }
  }

  /** How often a code has changed so far. */
  record Switches(Series series) implements Feature {
    @Override
    public String source() {
      return series.source();
    }

    @Override
    public String name() {
      return series.name() + "_switches";
    }

    @Override
    public Tracker start(CellMeans cells) {
      return new Tracker() {
        private double code = Double.NaN;
        private int switches;

        @Override
        public double next(PersonYear at) {
          double now = series.of(at);
          if (!Double.isNaN(now)) {
            if (!Double.isNaN(code) && now != code) {
              switches++;
            }
            code = now;
          }
          return switches;
        }
      };
    }
  }

  /** Years since the previous interview; 1 without a gap, 0 at the first. */
  record Gap() implements Feature {
    @Override
    public String source() {
      return CALENDAR;
    }

    @Override
    public String name() {
      return "years_since_interview";
    }

    @Override
    public Tracker start(CellMeans cells) {
      return new Tracker() {
        private int previous = Integer.MIN_VALUE;

        @Override
        public double next(PersonYear at) {
          int gap = previous == Integer.MIN_VALUE ? 0 : at.year() - previous;
          previous = at.year();
          return gap;
        }
      };
    }
  }

  /** Interviews so far, this one included. */
  record Interviews() implements Feature {
    @Override
    public String source() {
      return CALENDAR;
    }

    @Override
    public String name() {
      return "interviews";
    }

    @Override
    public Tracker start(CellMeans cells) {
      int[] count = {0};
      return at -> ++count[0];
    }
  }

  /** 1 in the years of a period, else 0. */
  record Period(String name, int first, int last) implements Feature {
    @Override
    public String source() {
      return CALENDAR;
    }

    @Override
    public Tracker start(CellMeans cells) {
      return at -> at.year() >= first && at.year() <= last ? 1 : 0;
    }
  }

  /** Sine or cosine of the calendar year over a cycle. */
  record Cycle(int years, boolean sine) implements Feature {
    @Override
    public String source() {
      return CALENDAR;
    }

    @Override
    public String name() {
      return "cycle" + years + (sine ? "_sin" : "_cos");
    }

    @Override
    public Tracker start(CellMeans cells) {
      return at -> {
        double angle = 2 * Math.PI * Math.floorMod(at.year(), years) / years;
        return sine ? StrictMath.sin(angle) : StrictMath.cos(angle);
      };
    }
  }

  /** Log real wage minus the mean of the person's cell, learned on training rows only. */
  record RelativeToCell() implements Feature {
    @Override
    public String source() {
      return "wage";
    }

    @Override
    public String name() {
      return "log_wage_to_cell";
    }

    @Override
    public Tracker start(CellMeans cells) {
      return at -> at.logRealWage() - cells.mean(at);
    }
  }

  /** Mean log real wage of the person's cell: known even where the own wage is not. */
  record CellMean() implements Feature {
    @Override
    public String name() {
      return "cell_log_wage";
    }

    @Override
    public Tracker start(CellMeans cells) {
      return cells::mean;
    }
  }
}
