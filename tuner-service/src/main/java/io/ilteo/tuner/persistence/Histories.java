package io.ilteo.tuner.persistence;

import io.ilteo.servicekit.collection.RecentlyUsed;
import io.ilteo.tuner.application.MetricConstraints;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.domain.sampler.FinishedTrial;
import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.study.Objective;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.TrialOrigin;
import io.ilteo.tuner.domain.study.TrialState;
import io.ilteo.tuner.wire.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads what samplers may see. Ended trials never change, so they are read once a process and only
 * what is new is read afterwards; the cache is bounded and holds nothing that is not in the
 * database.
 *
 * <p>What a suggestion saw follows from (number, cut) alone, so that it can be seen again: trials
 * with places up to the cut had finished, and trials with smaller numbers and later places, or
 * none, were pending.
 */
final class Histories {
  private static final int MAX_STUDIES = 64;

  /**
   * Places that a claim reads on the way; a process that is further behind reads them by itself.
   */
  private static final int MAX_NEWS = 1_000;

  /**
   * Trials with places after what is known, in their order, then the open ones: one statement, so
   * that a trial that ends just now is either here or there.
   */
  static final String NEWS =
      """
      (SELECT number, state, origin, parameters, objectives, metrics, history_place FROM trial
        WHERE study_id = ? AND history_place > ? AND history_place <= ? ORDER BY history_place)
      UNION ALL
      SELECT number, state, origin, parameters, objectives, metrics, history_place FROM trial
       WHERE study_id = ? AND state IN ('RUNNING', 'WAITING')
      ORDER BY history_place NULLS LAST, number
      """;

  /** A study and the version of its space: configurations outside of the space are left out. */
  private record Key(long study, int spaceVersion) {}

  /** Finished trials that samplers see, and the place up to which places were read. */
  private static final class Known {
    final List<FinishedTrial> finished = new ArrayList<>();
    final List<Long> places = new ArrayList<>();
    long readTo;

    /** Trials with places up to {@code cut}. */
    List<FinishedTrial> upTo(long cut) {
      int end = finished.size();
      while (end > 0 && places.get(end - 1) > cut) {
        end--;
      }
      return List.copyOf(finished.subList(0, end));
    }

    void add(Row trial) {
      finished.add(trial.seen());
      places.add(trial.place().orElseThrow());
    }
  }

  private final Map<Key, Known> cache = new RecentlyUsed<>(MAX_STUDIES);

  /** What had ended at the cut, and what was pending. */
  record Seen(List<FinishedTrial> finished, List<Configuration> pending) {}

  /** A trial that samplers may see; an open one has no place. */
  private record Row(OptionalLong place, FinishedTrial seen) {}

  /**
   * What {@link #NEWS} says.
   *
   * @param after the place after which it begins
   * @param whole whether it goes on to the end; places have no gaps
   */
  record News(long after, boolean whole, List<Row> trials) {
    /** Configurations of the trials that are open, by their numbers. */
    SortedMap<Integer, Configuration> open() {
      SortedMap<Integer, Configuration> open = new TreeMap<>();
      for (Row trial : trials) {
        if (trial.place().isEmpty()) {
          open.put(trial.seen().number(), trial.seen().configuration());
        }
      }
      return open;
    }
  }

  /** What trial {@code number} saw or sees at {@code cut}. */
  Seen upTo(Connection connection, Study study, int number, long cut) throws SQLException {
    Known known = known(study);
    synchronized (known) {
      if (known.readTo < cut) {
        read(connection, study, known, cut);
      }
      return new Seen(known.upTo(cut), pending(connection, study, number, cut));
    }
  }

  /**
   * The same from what a claim has read on its way, if that is enough; the study's lock is held.
   */
  Seen upTo(Connection connection, Study study, int number, long cut, News news)
      throws SQLException {
    Known known = known(study);
    synchronized (known) {
      if (known.readTo < news.after() || !news.whole()) {
        return upTo(connection, study, number, cut);
      }
      List<FinishedTrial> pending = new ArrayList<>();
      for (Row trial : news.trials()) {
        if (trial.place().isPresent() && trial.place().getAsLong() <= cut) {
          if (trial.place().getAsLong() > known.readTo) {
            known.add(trial);
          }
        } else if (trial.seen().number() < number) {
          pending.add(trial.seen());
        }
      }
      known.readTo = Math.max(known.readTo, cut);
      return new Seen(
          known.upTo(cut),
          pending.stream()
              .sorted(Comparator.comparingInt(FinishedTrial::number))
              .map(FinishedTrial::configuration)
              .toList());
    }
  }

  /** What had ended at the cut, if that is known without reading. */
  Optional<List<FinishedTrial>> known(Study study, long cut) {
    Known known = known(study);
    synchronized (known) {
      return known.readTo >= cut ? Optional.of(known.upTo(cut)) : Optional.empty();
    }
  }

  /** Keeps what ended at the place after the last one that is known. */
  void add(Study study, long place, FinishedTrial ended) {
    Known known = known(study);
    synchronized (known) {
      if (known.readTo == place - 1) {
        known.finished.add(ended);
        known.places.add(place);
        known.readTo = place;
      }
    }
  }

  /** The place up to which the study's history is known, in the newest space that was seen. */
  long readTo(StudyId study) {
    Known newest;
    synchronized (cache) {
      newest =
          cache.entrySet().stream()
              .filter(entry -> entry.getKey().study() == study.value())
              .max(Comparator.comparingInt(entry -> entry.getKey().spaceVersion()))
              .map(Map.Entry::getValue)
              .orElseGet(Known::new);
    }
    synchronized (newest) {
      return newest.readTo;
    }
  }

  private Known known(Study study) {
    synchronized (cache) {
      return cache.computeIfAbsent(
          new Key(study.id().value(), study.spaceVersion()), key -> new Known());
    }
  }

  /** Binds {@link #NEWS}; what is known ends at {@code after}. */
  static void bindNews(PreparedStatement select, int first, StudyId study, long after)
      throws SQLException {
    select.setLong(first, study.value());
    select.setLong(first + 1, after);
    select.setLong(first + 2, after + MAX_NEWS);
    select.setLong(first + 3, study.value());
  }

  /** Reads the rows of {@link #NEWS}. */
  static News news(Study study, long after, ResultSet row) throws SQLException {
    List<Row> trials = new ArrayList<>();
    long last = after;
    while (row.next()) {
      last = Math.max(last, row.getLong("history_place"));
      seen(study, row).ifPresent(trials::add);
    }
    return new News(after, last < after + MAX_NEWS, trials);
  }

  /** A trial of the search whose configuration is in the study's space. */
  private static Optional<Row> seen(Study study, ResultSet row) throws SQLException {
    Configuration configuration = Json.readConfiguration(row.getString("parameters"));
    if (row.getString("origin").equals(TrialOrigin.CONFIRMATION.name())
        || !isMember(study, configuration)) {
      return Optional.empty();
    }
    long last = row.getLong("history_place");
    OptionalLong place = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(last);
    TrialState state = TrialState.valueOf(row.getString("state"));
    return Optional.of(
        new Row(
            place,
            new FinishedTrial(
                row.getInt("number"),
                configuration,
                losses(study, state, Rows.doubles(row.getArray("objectives"))),
                isConstrained(study)
                    ? violation(study, Json.readMetrics(row.getString("metrics")))
                    : 0)));
  }

  /** A trial as samplers see it once it has ended so. */
  static FinishedTrial seen(Study study, int number, Configuration configuration, Ending ending) {
    return new FinishedTrial(
        number,
        configuration,
        losses(study, ending.trial(), ending.objectives()),
        isConstrained(study) ? violation(study, ending.metrics()) : 0);
  }

  private static void read(Connection connection, Study study, Known known, long cut)
      throws SQLException {
    String sql =
        """
        SELECT number, state, origin, parameters, objectives, metrics, history_place FROM trial
         WHERE study_id = ? AND history_place > ? AND history_place <= ?
         ORDER BY history_place
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, study.id().value());
      select.setLong(2, known.readTo);
      select.setLong(3, cut);
      select.setFetchSize(1_000);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          seen(study, row).ifPresent(known::add);
        }
      }
    }
    known.readTo = cut;
  }

  private static boolean isMember(Study study, Configuration configuration) {
    if (study.spaceVersion() == 1) {
      return true;
    }
    try {
      study.space().requireMember(configuration);
      return true;
    } catch (IllegalArgumentException outside) {
      return false;
    }
  }

  private static List<Double> losses(Study study, TrialState state, List<Double> values) {
    if (state != TrialState.COMPLETED && state != TrialState.PRUNED) {
      return List.of();
    }
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Objective objective = study.objectives().get(i);
      losses.add(objective.direction().loss(values.get(i)));
    }
    return losses;
  }

  private static boolean isConstrained(Study study) {
    return study.spec().getMetricConstraintsCount() > 0;
  }

  private static double violation(Study study, Map<String, Double> metrics) {
    return MetricConstraints.violation(study.spec(), metrics);
  }

  private static List<Configuration> pending(
      Connection connection, Study study, int number, long cut) throws SQLException {
    String sql =
        """
        SELECT number, parameters FROM trial
         WHERE study_id = ? AND number < ? AND state IN ('RUNNING', 'WAITING')
           AND origin <> 'CONFIRMATION'
        UNION ALL
        SELECT number, parameters FROM trial
         WHERE study_id = ? AND number < ? AND history_place > ? AND origin <> 'CONFIRMATION'
        ORDER BY number
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, study.id().value());
      select.setInt(2, number);
      select.setLong(3, study.id().value());
      select.setInt(4, number);
      select.setLong(5, cut);
      List<Configuration> pending = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Configuration configuration = Json.readConfiguration(row.getString("parameters"));
          if (isMember(study, configuration)) {
            pending.add(configuration);
          }
        }
      }
      return pending;
    }
  }
}
