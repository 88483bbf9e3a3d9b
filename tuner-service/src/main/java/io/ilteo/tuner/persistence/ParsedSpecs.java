package io.ilteo.tuner.persistence;

import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.servicekit.collection.RecentlyUsed;
import io.ilteo.tuner.domain.space.SearchSpace;
import io.ilteo.tuner.domain.study.Objective;
import io.ilteo.tuner.wire.Json;
import io.ilteo.tuner.wire.Objectives;
import io.ilteo.tuner.wire.Spaces;
import java.util.List;
import java.util.Map;

/**
 * Study specs read from their JSON, once for each text: a study is read several times a trial and
 * its spec hardly ever changes. Keyed by the texts themselves, so that it cannot be out of date.
 */
final class ParsedSpecs {
  private static final int MAX_SPECS = 256;

  private record Key(String spec, String space) {}

  /** A spec with its search space, and both in the domain's terms. */
  record Parsed(StudySpec spec, SearchSpace space, List<Objective> objectives) {}

  private final Map<Key, Parsed> parsed = new RecentlyUsed<>(MAX_SPECS);

  Parsed of(String specJson, String spaceJson) {
    Key key = new Key(specJson, spaceJson);
    synchronized (parsed) {
      return parsed.computeIfAbsent(key, ParsedSpecs::parse);
    }
  }

  private static Parsed parse(Key key) {
    StudySpec spec =
        Json.read(key.spec(), StudySpec.newBuilder())
            .setSearchSpace(
                Json.read(key.space(), io.ilteo.proto.search.v1.SearchSpace.newBuilder()))
            .build();
    return new Parsed(
        spec, Spaces.read(spec.getSearchSpace()), Objectives.read(spec.getObjectivesList()));
  }
}
