package io.ilteo.tuner.domain.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.space.ParameterValue.DoubleValue;
import io.ilteo.tuner.domain.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every sampler owes, run on each of them. */
class SamplerContractTest {
  private static final int SPACES = 6;
  private static final int TRIALS = 30;

  static Set<String> samplers() {
    return Samplers.names();
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void everySuggestionLiesInTheSpace(String name) {
    for (long seed = 0; seed < SPACES; seed++) {
      SearchSpace space = RandomSpaces.of(seed);
      for (FinishedTrial trial : run(sampler(name), space, seed, 1, false)) {
        assertThat(trial.number()).as("space seed %s", seed).isPositive();
        space.requireMember(trial.configuration());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void whatASamplerRemembersChangesNothing(String name) {
    for (long seed = 0; seed < SPACES; seed++) {
      SearchSpace space = RandomSpaces.of(seed);
      List<FinishedTrial> warm = run(sampler(name), space, seed, 1, true);
      for (int number : new int[] {1, 11, 17, TRIALS}) {
        History history = new History(warm.subList(0, number - 1), List.of());
        assertThat(sampler(name).suggest(space, seed, number, history))
            .as("space seed %s, trial %s", seed, number)
            .isEqualTo(warm.get(number - 1).configuration());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void anotherHistoryBetweenDoesNotLeak(String name) {
    SearchSpace space = RandomSpaces.of(1);
    History mine = new History(run(sampler("random"), space, 5, 1, false), List.of());
    History other = new History(run(sampler("random"), space, 6, 1, true), List.of());
    Sampler shared = sampler(name);
    Configuration before = shared.suggest(space, 5, 31, mine);
    shared.suggest(space, 6, 31, other);
    assertThat(shared.suggest(space, 5, 31, mine)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void severalObjectivesRunningAndFailedTrialsAreTaken(String name) {
    SearchSpace space = RandomSpaces.of(2);
    List<FinishedTrial> finished = run(sampler(name), space, 3, 2, true);
    List<Configuration> running = List.of(finished.getFirst().configuration());
    space.requireMember(sampler(name).suggest(space, 3, 31, new History(finished, running)));
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void aHistoryOfFailuresOnlyIsNoError(String name) {
    SearchSpace space = RandomSpaces.of(4);
    List<FinishedTrial> failed =
        run(sampler("random"), space, 3, 1, false).stream()
            .map(trial -> new FinishedTrial(trial.number(), trial.configuration(), List.of(), 0))
            .toList();
    space.requireMember(sampler(name).suggest(space, 3, 31, new History(failed, List.of())));
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void unknownSettingIsRefusedByName(String name) {
    assertThatThrownBy(() -> Samplers.named(name, Map.of("no_such", 1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("no_such");
  }

  private static Sampler sampler(String name) {
    return Samplers.named(name, name.equals("grid") ? Map.of("points", 3.0) : Map.of());
  }

  private static List<FinishedTrial> run(
      Sampler sampler, SearchSpace space, long seed, int objectives, boolean failing) {
    List<FinishedTrial> finished = new ArrayList<>();
    for (int number = 1; number <= TRIALS; number++) {
      Configuration configuration =
          sampler.suggest(space, seed, number, new History(finished, List.of()));
      double a = ((DoubleValue) configuration.require("a")).value();
      double b = ((DoubleValue) configuration.require("b")).value();
      List<Double> losses =
          failing && number % 7 == 0
              ? List.of()
              : List.of(a * a + b, (1 - a) * (1 - a) + b).subList(0, objectives);
      finished.add(new FinishedTrial(number, configuration, losses, number % 5 == 0 ? b : 0));
    }
    return finished;
  }
}
