package io.ilteo.tuner.persistence;

import static io.ilteo.tuner.TunerFixture.TEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.proto.model.v1.Direction;
import io.ilteo.proto.search.v1.CategoricalDomain;
import io.ilteo.proto.search.v1.Condition;
import io.ilteo.proto.search.v1.IntegerDomain;
import io.ilteo.proto.search.v1.ParameterSpec;
import io.ilteo.proto.search.v1.ParameterValue;
import io.ilteo.proto.search.v1.SearchSpace;
import io.ilteo.proto.tuner.v1.Objective;
import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.tuner.TunerFixture;
import io.ilteo.tuner.application.Asking;
import io.ilteo.tuner.application.ClaimResult;
import io.ilteo.tuner.application.Lease;
import io.ilteo.tuner.application.Outcome;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.StudyStore;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.application.TrialReader.Order;
import io.ilteo.tuner.application.TrialReader.Query;
import io.ilteo.tuner.domain.space.ParameterValue.IntegerValue;
import io.ilteo.tuner.domain.space.ParameterValue.StringValue;
import io.ilteo.tuner.domain.study.TrialState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages hold what sorting all trials would give, whatever some of them lack. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrialPagesTest {
  private static final int TRIALS = 60;

  private TunerFixture tuner;
  private Study study;
  private List<Trial> all = List.of();

  /** An order, and the same as a key in memory; null where a trial lacks it. */
  record Sorting(Order order, String parameter, Function<Trial, @Nullable Comparable<?>> key) {
    @Override
    public String toString() {
      return order + " " + parameter;
    }
  }

  @BeforeAll
  void begin() throws SQLException {
    tuner = TunerFixture.on(TestDatabase.create("tuner"), "");
    study = tuner.running(spec());
    for (int i = 0; i < TRIALS; i++) {
      if (i == TRIALS / 2) {
        study = widen();
      }
      Lease lease = ask();
      // Some end with a value, some without, some not at all; values come twice and more.
      switch (i % 5) {
        case 0 -> tuner.work.tell(lease.attempt(), lease.token(), new Outcome.Failed("a test"));
        case 1 -> tuner.work.tell(lease.attempt(), lease.token(), new Outcome.Preempted("a test"));
        default -> {
          double value = i % 7;
          tuner.work.tell(
              lease.attempt(),
              lease.token(),
              new Outcome.Completed(Map.of("score", value), List.of(value), ""));
        }
      }
    }
    tuner.queue.enqueue(study.id(), List.of(ask().trial().configuration()), TEST);
    all = tuner.trials(study.id());
  }

  @AfterAll
  void end() {
    tuner.close();
  }

  private Lease ask() {
    return ((ClaimResult.Leased)
            tuner.work.ask(
                study.id(), new Asking("test", Duration.ofSeconds(60), Optional.empty())))
        .lease();
  }

  private static StudySpec spec() {
    return StudySpec.newBuilder()
        .setSearchSpace(space())
        .addObjectives(
            Objective.newBuilder().setMetric("score").setDirection(Direction.DIRECTION_MAXIMIZE))
        .setBudget(1_000)
        .setParallelism(100)
        .setMaxFailedTrials(1_000)
        .setSeed(5)
        .build();
  }

  private static SearchSpace.Builder space() {
    return SearchSpace.newBuilder()
        .addParameters(
            ParameterSpec.newBuilder()
                .setName("kind")
                .setCategoricalDomain(
                    CategoricalDomain.newBuilder()
                        .addAllChoices(List.of("tree", "Net", "ähnlich"))))
        .addParameters(
            integer("depth")
                .setCondition(
                    Condition.newBuilder()
                        .setParent("kind")
                        .addValues(ParameterValue.newBuilder().setStringValue("tree"))));
  }

  private static ParameterSpec.Builder integer(String name) {
    return ParameterSpec.newBuilder()
        .setName(name)
        .setIntegerDomain(IntegerDomain.newBuilder().setMin(-2).setMax(12));
  }

  /** A new version of the space with a parameter that earlier trials lack. */
  private Study widen() {
    StudyStore.Edit edit =
        new StudyStore.Edit(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(space().addParameters(integer("width")).build()));
    return tuner.lifecycle.update(study.id(), Optional.empty(), edit, TEST);
  }

  static Stream<Sorting> sortings() {
    return Stream.of(
        new Sorting(Order.NUMBER, "", trial -> trial.id().number()),
        new Sorting(
            Order.OBJECTIVE, "", trial -> trial.objectives().stream().findFirst().orElse(null)),
        new Sorting(Order.START_TIME, "", trial -> trial.startedAt().orElse(null)),
        new Sorting(Order.DURATION, "", TrialPagesTest::duration),
        new Sorting(Order.PARAMETER, "kind", trial -> text(trial, "kind")),
        new Sorting(Order.PARAMETER, "depth", trial -> integer(trial, "depth")),
        new Sorting(Order.PARAMETER, "width", trial -> integer(trial, "width")));
  }

  private static @Nullable Duration duration(Trial trial) {
    return trial.startedAt().isPresent() && trial.endedAt().isPresent()
        ? Duration.between(trial.startedAt().get(), trial.endedAt().get())
        : null;
  }

  private static @Nullable String text(Trial trial, String name) {
    return trial.configuration().values().get(name) instanceof StringValue(String value)
        ? value
        : null;
  }

  private static @Nullable Long integer(Trial trial, String name) {
    return trial.configuration().values().get(name) instanceof IntegerValue(long value)
        ? value
        : null;
  }

  @ParameterizedTest
  @MethodSource("sortings")
  void pagesOfAnySizeAreTheSortedListCutUp(Sorting sorting) {
    for (boolean descending : new boolean[] {false, true}) {
      for (Set<TrialState> states :
          List.of(Set.<TrialState>of(), Set.of(TrialState.COMPLETED, TrialState.WAITING))) {
        List<Integer> expected = sorted(sorting, descending, states);
        for (int size : new int[] {1, 7, 100}) {
          assertThat(pages(sorting, descending, states, size))
              .as("%s descending=%s %s by %d", sorting, descending, states, size)
              .isEqualTo(expected);
        }
      }
    }
  }

  @SuppressWarnings("unchecked")
  private List<Integer> sorted(Sorting sorting, boolean descending, Set<TrialState> states) {
    List<Trial> kept =
        all.stream().filter(t -> states.isEmpty() || states.contains(t.state())).toList();
    Comparator<Trial> byKey =
        Comparator.comparing(
            t -> (Comparable<Object>) Objects.requireNonNull(sorting.key().apply(t)));
    Comparator<Trial> byNumber = Comparator.comparing(t -> t.id().number());
    Comparator<Trial> rising = byKey.thenComparing(byNumber);
    List<Trial> sorted = new ArrayList<>();
    kept.stream()
        .filter(t -> sorting.key().apply(t) != null)
        .sorted(descending ? rising.reversed() : rising)
        .forEach(sorted::add);
    kept.stream().filter(t -> sorting.key().apply(t) == null).sorted(byNumber).forEach(sorted::add);
    return sorted.stream().map(t -> t.id().number()).toList();
  }

  private List<Integer> pages(
      Sorting sorting, boolean descending, Set<TrialState> states, int size) {
    List<Integer> numbers = new ArrayList<>();
    long total;
    do {
      var page =
          tuner.trials.list(
              new Query(
                  study.id(),
                  states,
                  sorting.order(),
                  sorting.parameter(),
                  descending,
                  numbers.size(),
                  size));
      page.trials().forEach(trial -> numbers.add(trial.id().number()));
      total = page.total();
      assertThat(page.trials()).isNotEmpty();
    } while (numbers.size() < total);
    return numbers;
  }

  @Test
  void aDeletedStudyLeavesNoParameters() {
    Study other = tuner.running(spec());
    tuner.work.ask(other.id(), new Asking("test", Duration.ofSeconds(60), Optional.empty()));
    assertThat(parameterRows(other)).isEqualTo(2);
    tuner.lifecycle.pause(other.id(), TEST);
    tuner.studies.delete(other.id(), TEST);
    assertThat(parameterRows(other)).isZero();
  }

  private int parameterRows(Study of) {
    return tuner.transactions.call(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery(
                      "SELECT count(*) FROM trial_parameter WHERE study_id = " + of.id().value())) {
            row.next();
            return row.getInt(1);
          }
        });
  }
}
