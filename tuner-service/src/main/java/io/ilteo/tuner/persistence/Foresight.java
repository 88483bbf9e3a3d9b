package io.ilteo.tuner.persistence;

import io.ilteo.servicekit.collection.RecentlyUsed;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.study.StudyId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How this process expects studies to stand if nobody else has changed them since: from that a
 * trial can be proposed before the database is asked, and written in the same message if the
 * database agrees (optimistic concurrency control). An expectation decides nothing.
 *
 * <p>Only studies of which one was right before are worth it: where others ask and tell as well,
 * what is proposed ahead is proposed in vain.
 */
final class Foresight {
  private static final int MOST = 64;

  private final Map<StudyId, Expected> studies = new RecentlyUsed<>(MOST);

  /**
   * A study as it is expected to stand.
   *
   * @param study as it was read last: what was asked for has not changed while its version is the
   *     same
   * @param lastNumber number of its last trial
   * @param cut length of its history
   * @param open configurations of the trials that run, by their numbers
   * @param proven whether what was expected of the study before was found to be so
   */
  record Expected(
      Study study,
      int lastNumber,
      long cut,
      SortedMap<Integer, Configuration> open,
      boolean proven) {

    /** After the end of an open trial, which takes the next place in the history. */
    Expected ended(int number) {
      SortedMap<Integer, Configuration> left = new TreeMap<>(open);
      left.remove(number);
      return new Expected(study, lastNumber, cut + 1, left, proven);
    }

    /** After a new trial was begun. */
    Expected begun(int number, Configuration configuration) {
      SortedMap<Integer, Configuration> more = new TreeMap<>(open);
      more.put(number, configuration);
      return new Expected(study, number, cut, more, proven);
    }

    /** Whether so few trials run that another may. */
    boolean hasSlot() {
      return open.size() < study.spec().getParallelism();
    }

    /** Configurations that are being tried, in the order of their numbers. */
    List<Configuration> pending() {
      return List.copyOf(open.values());
    }

    private boolean is(long version, int number, long length, Set<Integer> running) {
      return study.version() == version
          && lastNumber == number
          && cut == length
          && open.keySet().equals(running);
    }
  }

  synchronized Optional<Expected> of(StudyId study) {
    return Optional.ofNullable(studies.get(study));
  }

  /** What to propose from before the database is asked. */
  Optional<Expected> proven(StudyId study) {
    return of(study).filter(Expected::proven);
  }

  /** How a study was found to stand; compared with what was expected. */
  synchronized Expected found(
      Study study, int lastNumber, long cut, SortedMap<Integer, Configuration> open) {
    Expected before = studies.get(study.id());
    boolean proven = before != null && before.is(study.version(), lastNumber, cut, open.keySet());
    Expected found = new Expected(study, lastNumber, cut, open, proven);
    studies.put(study.id(), found);
    return found;
  }

  /** Replaces an expectation, unless somebody else has by now: then nothing is known. */
  synchronized void follow(Expected before, Expected after) {
    if (studies.get(before.study().id()) == before) {
      studies.put(before.study().id(), after);
    } else {
      studies.remove(before.study().id());
    }
  }

  synchronized void forget(StudyId study) {
    studies.remove(study);
  }
}
