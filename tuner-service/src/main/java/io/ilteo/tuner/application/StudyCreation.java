package io.ilteo.tuner.application;

import io.ilteo.proto.model.v1.Architecture;
import io.ilteo.proto.model.v1.MetricSpec;
import io.ilteo.proto.model.v1.Task;
import io.ilteo.proto.tuner.v1.Objective;
import io.ilteo.proto.tuner.v1.StopRules;
import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.servicekit.error.DomainException.NotFound;
import io.ilteo.tuner.domain.pruner.Pruners;
import io.ilteo.tuner.domain.sampler.Samplers;
import io.ilteo.tuner.domain.space.SearchSpace;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.Tags;
import io.ilteo.tuner.wire.Objectives;
import io.ilteo.tuner.wire.Spaces;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks what a person wants searched, and fills in what they left out. */
public final class StudyCreation {
  private static final int MAX_BUDGET = 1_000_000;
  private static final int MAX_PARALLELISM = 10_000;
  private static final int DEFAULT_ATTEMPTS = 3;
  private static final int DEFAULT_FAILED = 10;

  private final StudyStore studies;
  private final ModelServices services;
  private final WarmStart warmStart;

  public StudyCreation(StudyStore studies, ModelServices services, WarmStart warmStart) {
    this.warmStart = warmStart;
    this.studies = studies;
    this.services = services;
  }

  /**
   * Creates a study in state DRAFT.
   *
   * @throws InvalidArgument naming the field, its value, and what would be accepted
   */
  public Study create(
      String displayName, StudySpec wanted, Tags tags, Optional<String> requestId, Change change) {
    requestId.ifPresent(id -> require(id.length() <= 64, "request_id is longer than 64"));
    StudySpec spec = complete(wanted);
    SearchSpace space = Spaces.read(spec.getSearchSpace());
    for (var configuration : spec.getEnqueuedList()) {
      Spaces.read(configuration.getParametersList(), space);
    }
    if (!spec.getWarmStartFrom().isEmpty()) {
      warmStart.check(
          earlier(spec.getWarmStartFrom()),
          spec.getObjectivesList().stream().map(Objective::getMetric).toList());
    }
    String name = displayName.isBlank() ? defaultName(spec) : displayName.strip();
    require(name.length() <= 256, "display_name is longer than 256 characters");
    checkStopRules(spec);
    return studies.create(
        new NewStudy(name, spec, space, Objectives.read(spec.getObjectivesList()), tags, requestId),
        change);
  }

  private Study earlier(String name) {
    try {
      return studies.get(StudyId.parse(name));
    } catch (IllegalArgumentException | NotFound wrong) {
      throw new InvalidArgument("warm_start_from: " + wrong.getMessage());
    }
  }

  private StudySpec complete(StudySpec wanted) {
    StudySpec.Builder spec = wanted.toBuilder();
    require(
        wanted.getBudget() >= 1 && wanted.getBudget() <= MAX_BUDGET,
        "budget is %d; a study needs 1 to 1000000 trials",
        wanted.getBudget());
    spec.setParallelism(orDefault(wanted.getParallelism(), 1));
    require(
        spec.getParallelism() >= 1 && spec.getParallelism() <= MAX_PARALLELISM,
        "parallelism is %d; 1 to 10000",
        wanted.getParallelism());
    spec.setMaxAttempts(orDefault(wanted.getMaxAttempts(), DEFAULT_ATTEMPTS));
    require(
        spec.getMaxAttempts() >= 1 && spec.getMaxAttempts() <= 100,
        "max_attempts is %d; 1 to 100",
        wanted.getMaxAttempts());
    spec.setMaxFailedTrials(
        orDefault(wanted.getMaxFailedTrials(), Math.max(DEFAULT_FAILED, wanted.getBudget())));
    require(spec.getMaxFailedTrials() >= 0, "max_failed_trials is negative");
    require(
        wanted.getMaxEpochs() >= 0 && wanted.getMaxEpochs() <= 10_000, "max_epochs: 1 to 10000");
    checkAlgorithms(spec);
    if (wanted.getTask().isEmpty()) {
      require(wanted.hasSearchSpace(), "search_space is missing; a study without a task needs one");
      require(wanted.getObjectivesCount() > 0, "objectives: at least one, without a task");
    } else {
      fillFromTask(spec, wanted.getTask());
    }
    return spec.build();
  }

  private static void checkAlgorithms(StudySpec.Builder spec) {
    try {
      Samplers.named(spec.getSampler().getName(), spec.getSampler().getSettingsMap());
      Pruners.named(spec.getPruner().getName(), spec.getPruner().getSettingsMap());
    } catch (IllegalArgumentException unknown) {
      throw new InvalidArgument(String.valueOf(unknown.getMessage()));
    }
    if (spec.getSampler().getName().isEmpty()) {
      spec.setSampler(spec.getSampler().toBuilder().setName(Samplers.DEFAULT));
    }
    if (spec.getPruner().getName().isEmpty()) {
      spec.setPruner(spec.getPruner().toBuilder().setName(Pruners.NONE));
    }
  }

  private static void checkStopRules(StudySpec spec) {
    StopRules rules = spec.getStopRules();
    require(
        !rules.hasMaxDuration()
            || rules.getMaxDuration().getSeconds() > 0
            || rules.getMaxDuration().getNanos() > 0,
        "stop_rules.max_duration is not positive");
    require(
        rules.getNoImprovementTrials() >= 0,
        "stop_rules.no_improvement_trials is %d; 0 or more",
        rules.getNoImprovementTrials());
    require(
        !rules.getStopAtGoal()
            || spec.getObjectivesList().stream().allMatch(objective -> objective.hasGoal()),
        "stop_rules.stop_at_goal needs a goal for each objective");
    require(
        rules.getRegretBound() >= 0 && Double.isFinite(rules.getRegretBound()),
        "stop_rules.regret_bound is %s; a finite number, 0 or more",
        rules.getRegretBound());
    require(
        rules.getRegretBound() == 0 || spec.getObjectivesCount() == 1,
        "stop_rules.regret_bound needs a single objective; there are %d",
        spec.getObjectivesCount());
  }

  private void fillFromTask(StudySpec.Builder spec, String name) {
    require(
        services.tasks().contains(name),
        "task \"%s\" is unknown; there are %s",
        name,
        services.tasks());
    Task task = services.describe(name);
    if (spec.getArchitecture().isEmpty()) {
      spec.setArchitecture(task.getDefaultArchitecture());
    }
    Architecture architecture =
        task.getArchitecturesList().stream()
            .filter(candidate -> candidate.getName().equals(spec.getArchitecture()))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidArgument(
                        "architecture \"%s\" is unknown; %s has %s"
                            .formatted(
                                spec.getArchitecture(),
                                name,
                                task.getArchitecturesList().stream()
                                    .map(Architecture::getName)
                                    .collect(Collectors.joining(", ")))));
    if (!spec.hasSearchSpace() || spec.getSearchSpace().getParametersCount() == 0) {
      spec.setSearchSpace(architecture.getSearchSpace());
    }
    if (spec.getObjectivesCount() == 0) {
      spec.addObjectives(Objective.newBuilder().setMetric(task.getPrimaryMetric()));
    }
    for (int i = 0; i < spec.getObjectivesCount(); i++) {
      spec.setObjectives(i, directed(spec.getObjectives(i), task));
    }
  }

  private static Objective directed(Objective objective, Task task) {
    MetricSpec metric =
        task.getMetricsList().stream()
            .filter(candidate -> candidate.getName().equals(objective.getMetric()))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidArgument(
                        "objectives: metric \"%s\" is unknown; %s has %s"
                            .formatted(
                                objective.getMetric(),
                                task.getName(),
                                task.getMetricsList().stream()
                                    .map(MetricSpec::getName)
                                    .collect(Collectors.joining(", ")))));
    return objective.getDirectionValue() == 0
        ? objective.toBuilder().setDirection(metric.getDirection()).build()
        : objective;
  }

  private static String defaultName(StudySpec spec) {
    return spec.getTask().isEmpty() ? "study" : spec.getTask() + " " + spec.getArchitecture();
  }

  private static int orDefault(int value, int fallback) {
    return value == 0 ? fallback : value;
  }

  private static void require(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new InvalidArgument(message.formatted(values));
    }
  }
}
