package io.ilteo.modelkit.panel.fold;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.PanelColumn;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The three folds of a panel under a protocol.
 *
 * <p>A sequence exists for every row t of a person who was also interviewed in year t + horizon
 * with a target that counts. The division is a function of panel, protocol, window, selection and
 * seed.
 */
public final class Folds {
  private static final double TRAINING_SHARE = 0.70;
  private static final double VALIDATION_SHARE = 0.15;

  private final Protocol protocol;
  private final TrainingFold training;
  private final ValidationFold validation;
  private final TestFold test;

  private Folds(
      Protocol protocol, TrainingFold training, ValidationFold validation, TestFold test) {
    this.protocol = protocol;
    this.training = training;
    this.validation = validation;
    this.test = test;
  }

  /**
   * Divides {@code panel}.
   *
   * @param seed decides who is in which fold; without meaning for future years
   */
  public static Folds split(
      Panel panel, WindowSpec window, Protocol protocol, TargetSelection targets, long seed) {
    requireTargets(panel, targets);
    LeakAudit.require(panel, window.horizon());
    FoldAssignment assignment =
        switch (protocol) {
          case NEW_PERSONS -> FoldAssignment.byPerson(byHash(panel, seed));
          case KNOWN_PERSONS_FUTURE_YEARS -> FoldAssignment.byTargetYear(panel.lastYear());
        };
    SampleFinder finder = new SampleFinder(panel, window, targets);
    Samples training = find(finder, assignment, FoldAssignment.TRAINING, "training", protocol);
    Samples validation =
        find(finder, assignment, FoldAssignment.VALIDATION, "validation", protocol);
    Samples test = find(finder, assignment, FoldAssignment.TEST, "test", protocol);
    FoldGuard.requireDisjoint(panel, protocol, training, validation, test);
    return new Folds(
        protocol, new TrainingFold(training), new ValidationFold(validation), new TestFold(test));
  }

  private static Samples find(
      SampleFinder finder, FoldAssignment assignment, int fold, String name, Protocol protocol) {
    Samples samples = finder.find((person, year) -> assignment.foldOf(person, year) == fold);
    if (samples.size() == 0) {
      throw new FailedPrecondition(
          "The %s fold would be empty under protocol %s: the panel has too few persons or years with a target."
              .formatted(name, protocol));
    }
    return samples;
  }

  private static void requireTargets(Panel panel, TargetSelection targets) {
    requireTarget(panel, targets.wagePopulation() != null, Mapping.WAGE);
    requireTarget(panel, targets.satisfactionPopulation() != null, Mapping.SATISFACTION);
  }

  private static void requireTarget(Panel panel, boolean wanted, String name) {
    PanelColumn column = wanted ? panel.columnOrNull(name) : null;
    IntPredicate present = row -> column != null && !Float.isNaN(column.value(row));
    if (wanted && IntStream.range(0, panel.personYears()).noneMatch(present)) {
      throw new FailedPrecondition(
          "Panel %s has no %s in any row.".formatted(panel.resourceName(), name));
    }
  }

  /** Fold of each person: persons ordered by a seeded hash of their id, cut at 70 % and 85 %. */
  private static byte[] byHash(Panel panel, long seed) {
    int persons = panel.personCount();
    long[] hash = new long[persons];
    Integer[] order = new Integer[persons];
    for (int i = 0; i < persons; i++) {
      hash[i] = hash(panel.person(i), seed);
      order[i] = i;
    }
    Arrays.sort(order, Comparator.<Integer>comparingLong(i -> hash[i]).thenComparing(i -> i));
    byte[] folds = new byte[persons];
    int validationFrom = (int) Math.round(persons * TRAINING_SHARE);
    int testFrom = (int) Math.round(persons * (TRAINING_SHARE + VALIDATION_SHARE));
    for (int rank = validationFrom; rank < persons; rank++) {
      folds[order[rank]] = rank < testFrom ? FoldAssignment.VALIDATION : FoldAssignment.TEST;
    }
    return folds;
  }

  /** FNV-1a over the id, mixed with the seed by the finaliser of MurmurHash3. */
  private static long hash(String person, long seed) {
    long hash = 0xcbf29ce484222325L;
    for (byte each : person.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xFF)) * 0x100000001b3L;
    }
    hash ^= seed * 0x9e3779b97f4a7c15L;
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }

  public Protocol protocol() {
    return protocol;
  }

  public TrainingFold training() {
    return training;
  }

  public ValidationFold validation() {
    return validation;
  }

  public TestFold test() {
    return test;
  }
}
