package io.ilteo.tuner.application;

import io.ilteo.tuner.domain.pruner.Curve;
import io.ilteo.tuner.domain.study.AttemptState;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.TrialId;
import io.ilteo.tuner.domain.study.TrialState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/** Port: trials to look at. */
public interface TrialReader {
  /**
   * The trial with its attempts.
   *
   * @throws io.ilteo.servicekit.error.DomainException.NotFound if there is none
   */
  Trial get(TrialId id);

  /** A page of trials without their attempts. */
  Page list(Query query);

  /** The trials with these numbers, in this order, without their attempts. */
  List<Trial> these(StudyId study, List<Integer> numbers);

  /** What every finished trial of the search came to, by number; confirmations are left out. */
  List<Result> results(StudyId study);

  /**
   * Numbers alone: a study's whole history is read where a whole trial would be too much.
   *
   * @param feasible whether every metric constraint holds
   */
  record Result(int number, boolean pruned, boolean feasible, List<Double> objectives) {
    public Result {
      objectives = List.copyOf(objectives);
    }
  }

  /** The trial's last measurement. */
  Optional<Measurement> lastMeasurement(TrialId id);

  /** Reported values of a metric, by trial number and step; trials without any are left out. */
  NavigableMap<Integer, Curve> curves(StudyId study, String metric);

  /** Trials that count towards the budget and finished after each of the given ones had ended. */
  long finishedSince(StudyId study, Collection<Integer> numbers);

  /** Confirmed trials with what their fresh seeds gave, by number. */
  List<Confirmation> confirmations(StudyId study);

  /** Attempts in the order in which they began, at most {@code limit}, evenly thinned. */
  List<TimelineEntry> timeline(StudyId study, int limit);

  /** How many attempts there were. */
  long attempts(StudyId study);

  /** What the study's trials took, confirmations included. */
  Cost cost(StudyId study);

  /**
   * Time and epochs spent.
   *
   * @param attempts begun
   * @param lostAttempts that ended without a result, their worker gone or called away
   * @param busy sum of all attempts' times; several run at a time
   * @param lost share of {@code busy} in the lost attempts
   * @param epochs trained
   * @param prunedEpochs share of {@code epochs} in pruned trials
   */
  record Cost(
      long attempts,
      long lostAttempts,
      Duration busy,
      Duration lost,
      long epochs,
      long prunedEpochs) {}

  /**
   * One attempt on the time axis.
   *
   * @param worker tuner replica or client that asked for the trial
   * @param replica of the model service that trained it; empty for a client's own training
   */
  record TimelineEntry(
      int trial,
      int attempt,
      String worker,
      String replica,
      AttemptState state,
      Instant startedAt,
      Optional<Instant> endedAt) {}

  /** Measurements with steps above {@code after}, by step. */
  List<Measurement> measurements(TrialId id, long after, int limit);

  /**
   * What to list.
   *
   * @param parameter name of the parameter to sort by, for {@link Order#PARAMETER}
   * @param offset trials to skip
   */
  record Query(
      StudyId study,
      Set<TrialState> states,
      Order order,
      String parameter,
      boolean descending,
      int offset,
      int limit) {
    public Query {
      states = Set.copyOf(states);
    }

    /** Sorted by something else than a parameter. */
    public Query(
        StudyId study,
        Set<TrialState> states,
        Order order,
        boolean descending,
        int offset,
        int limit) {
      this(study, states, order, "", descending, offset, limit);
    }
  }

  /**
   * By what trials are sorted; ties by number, in the same direction. Trials that lack it come last
   * in either direction, by number.
   */
  enum Order {
    NUMBER,
    OBJECTIVE,
    START_TIME,
    DURATION,
    PARAMETER
  }

  /** Trials, and how many there are in all. */
  record Page(List<Trial> trials, long total) {
    public Page {
      trials = List.copyOf(trials);
    }
  }
}
