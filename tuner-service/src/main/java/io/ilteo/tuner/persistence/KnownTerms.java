package io.ilteo.tuner.persistence;

import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.servicekit.collection.RecentlyUsed;
import io.ilteo.tuner.domain.study.StudyId;
import java.util.Map;
import java.util.function.Supplier;

/** The terms of the studies asked for last: they never change once a study is made. */
final class KnownTerms {
  private static final int MOST = 1_024;

  private final Map<StudyId, StudySpec> terms = new RecentlyUsed<>(MOST);

  /** Reads, without holding others up, what is not known. */
  StudySpec of(StudyId id, Supplier<StudySpec> reading) {
    synchronized (terms) {
      StudySpec known = terms.get(id);
      if (known != null) {
        return known;
      }
    }
    StudySpec read = reading.get();
    synchronized (terms) {
      terms.put(id, read);
    }
    return read;
  }
}
