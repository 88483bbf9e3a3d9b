package io.ilteo.tuner.persistence;

import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.tuner.domain.study.StudyId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The terms of the studies asked for last: they never change once a study is made. */
final class KnownTerms {
  private static final int MOST = 1_024;
  private static final float LOAD_FACTOR = 0.75f;

  private final Map<StudyId, StudySpec> terms =
      new LinkedHashMap<>(MOST, LOAD_FACTOR, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StudyId, StudySpec> eldest) {
          return size() > MOST;
        }
      };

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
