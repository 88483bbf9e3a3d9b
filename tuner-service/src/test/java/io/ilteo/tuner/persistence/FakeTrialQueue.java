package io.ilteo.tuner.persistence;

import io.ilteo.servicekit.error.DomainException.Aborted;
import io.ilteo.tuner.application.Asking;
import io.ilteo.tuner.application.Change;
import io.ilteo.tuner.application.ClaimResult;
import io.ilteo.tuner.application.Lease;
import io.ilteo.tuner.application.Measurement;
import io.ilteo.tuner.application.Outcome;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.Told;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.application.TrialQueue;
import io.ilteo.tuner.domain.pruner.Pruner.PruningDecision;
import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.study.AttemptId;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.TrialId;
import io.ilteo.tuner.domain.study.TrialOrigin;
import io.ilteo.tuner.domain.study.TrialState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A {@link TrialQueue} in memory with a clock that tests set; one lock, no cleverness. */
final class FakeTrialQueue implements TrialQueue {
  private record Limits(int budget, int parallelism, int maxAttempts) {}

  private static final class Entry {
    final TrialId id;
    final Configuration configuration;
    TrialState state = TrialState.WAITING;
    int attempts;
    int lost;
    @Nullable UUID token;
    Instant expiresAt = Instant.EPOCH;
    Duration lease = Duration.ZERO;
    String requestId = "";
    String checkpoint = "";
    List<Double> objectives = List.of();
    final SortedMap<Long, Measurement> measurements = new TreeMap<>();
    final Map<UUID, AttemptId> told = new HashMap<>();

    Entry(TrialId id, Configuration configuration) {
      this.id = id;
      this.configuration = configuration;
    }
  }

  private final Map<StudyId, Limits> studies = new HashMap<>();
  private final Map<TrialId, Entry> trials = new HashMap<>();
  private final Study anyStudy;
  private Instant now = Instant.EPOCH;

  /** A queue whose proposers see {@code anyStudy}. */
  FakeTrialQueue(Study anyStudy) {
    this.anyStudy = anyStudy;
  }

  synchronized StudyId study(int budget, int parallelism, int maxAttempts) {
    StudyId id = new StudyId(studies.size() + 1);
    studies.put(id, new Limits(budget, parallelism, maxAttempts));
    return id;
  }

  /** Sets the clock to just after the lease's end. */
  synchronized void expire(AttemptId attempt) {
    now = entry(attempt.trial()).expiresAt.plusSeconds(1);
  }

  synchronized List<Measurement> measurements(TrialId trial) {
    return List.copyOf(entry(trial).measurements.values());
  }

  @Override
  public synchronized ClaimResult claim(StudyId study, Asking asking, Proposer proposer) {
    Limits limits = Objects.requireNonNull(studies.get(study));
    List<Entry> own = of(study);
    Optional<Entry> same =
        asking
            .requestId()
            .flatMap(
                request ->
                    own.stream().filter(e -> e.requestId.equals(request) && holds(e)).findFirst());
    if (same.isPresent()) {
      return new ClaimResult.Leased(lease(same.get()));
    }
    long finished = own.stream().filter(e -> finished(e.state)).count();
    long inFlight = own.stream().filter(e -> !e.state.hasEnded()).count();
    long running = own.stream().filter(e -> e.state == TrialState.RUNNING).count();
    if (finished >= limits.budget()) {
      return new ClaimResult.NotRunning("COMPLETED");
    }
    if (running >= limits.parallelism()) {
      return new ClaimResult.NothingFree("every slot is taken");
    }
    Optional<Entry> waiting = own.stream().filter(e -> e.state == TrialState.WAITING).findFirst();
    if (waiting.isEmpty() && finished + inFlight >= limits.budget()) {
      return new ClaimResult.NothingFree("the budget is spoken for");
    }
    Entry entry = waiting.orElseGet(() -> propose(study, own.size() + 1, proposer));
    entry.state = TrialState.RUNNING;
    entry.attempts++;
    entry.token = UUID.randomUUID();
    entry.lease = asking.lease();
    entry.expiresAt = now.plus(asking.lease());
    entry.requestId = asking.requestId().orElse("");
    return new ClaimResult.Leased(lease(entry));
  }

  private Entry propose(StudyId study, int number, Proposer proposer) {
    TrialId id = new TrialId(study, number);
    Entry entry = new Entry(id, proposer.propose(anyStudy, number, List.of(), List.of()));
    trials.put(id, entry);
    return entry;
  }

  @Override
  public synchronized Instant report(
      AttemptId attempt, UUID token, List<Measurement> measurements, String checkpoint) {
    Entry entry = held(attempt, token);
    measurements.forEach(m -> entry.measurements.putIfAbsent(m.step(), m));
    if (!checkpoint.isEmpty()) {
      entry.checkpoint = checkpoint;
    }
    entry.expiresAt = now.plus(entry.lease);
    return entry.expiresAt;
  }

  @Override
  public synchronized void nameReplica(AttemptId attempt, UUID token, String replica) {
    held(attempt, token);
  }

  @Override
  public synchronized void recordDecision(AttemptId attempt, UUID token, PruningDecision decision) {
    held(attempt, token);
  }

  @Override
  public synchronized Trial tell(AttemptId attempt, UUID token, Outcome outcome) {
    Entry entry = entry(attempt.trial());
    if (attempt.equals(entry.told.get(token))) {
      return trial(entry);
    }
    held(attempt, token);
    entry.told.put(token, attempt);
    end(entry, outcome);
    return trial(entry);
  }

  @Override
  public synchronized Told tellAndClaim(
      AttemptId attempt, UUID token, Outcome outcome, Asking asking, Proposer proposer) {
    return new Told(
        tell(attempt, token, outcome), claim(attempt.trial().study(), asking, proposer));
  }

  private void end(Entry entry, Outcome outcome) {
    entry.token = null;
    entry.state =
        switch (outcome) {
          case Outcome.Completed o -> {
            entry.objectives = o.objectives();
            yield TrialState.COMPLETED;
          }
          case Outcome.Pruned o -> TrialState.PRUNED;
          case Outcome.Failed o -> TrialState.FAILED;
          case Outcome.Stopped o -> TrialState.STOPPED;
          case Outcome.Preempted o -> TrialState.WAITING;
          case Outcome.Lost o -> {
            entry.lost++;
            int most = Objects.requireNonNull(studies.get(entry.id.study())).maxAttempts();
            yield entry.lost >= most ? TrialState.FAILED : TrialState.WAITING;
          }
        };
  }

  @Override
  public synchronized int expireLeases() {
    List<Entry> expired =
        trials.values().stream().filter(e -> e.state == TrialState.RUNNING && !holds(e)).toList();
    expired.forEach(entry -> end(entry, new Outcome.Lost("expired")));
    return expired.size();
  }

  @Override
  public synchronized List<Trial> enqueue(
      StudyId study, List<Configuration> configurations, Change change) {
    List<Trial> added = new ArrayList<>();
    for (Configuration configuration : configurations) {
      int number = of(study).size() + 1;
      added.add(trial(propose(study, number, (s, n, f, p) -> configuration)));
    }
    return added;
  }

  private static boolean finished(TrialState state) {
    return state == TrialState.COMPLETED || state == TrialState.PRUNED;
  }

  private boolean holds(Entry entry) {
    return entry.state == TrialState.RUNNING && entry.expiresAt.isAfter(now);
  }

  private Entry held(AttemptId attempt, UUID token) {
    Entry entry = entry(attempt.trial());
    if (!holds(entry) || entry.attempts != attempt.number() || !token.equals(entry.token)) {
      throw new Aborted("the lease of " + attempt.name() + " is lost");
    }
    return entry;
  }

  private Entry entry(TrialId id) {
    return Objects.requireNonNull(trials.get(id));
  }

  private List<Entry> of(StudyId study) {
    return trials.values().stream()
        .filter(e -> e.id.study().equals(study))
        .sorted(java.util.Comparator.comparing(e -> e.id.number()))
        .toList();
  }

  private Lease lease(Entry entry) {
    return new Lease(
        new AttemptId(entry.id, entry.attempts),
        Objects.requireNonNull(entry.token),
        entry.expiresAt,
        trial(entry));
  }

  private static Trial trial(Entry entry) {
    return new Trial(
        entry.id,
        entry.state,
        TrialOrigin.SAMPLER,
        entry.configuration,
        Map.of(),
        entry.objectives,
        1,
        entry.id.number(),
        0,
        "",
        entry.checkpoint,
        "",
        entry.measurements.isEmpty() ? 0 : entry.measurements.lastKey(),
        Optional.empty(),
        Instant.EPOCH,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
