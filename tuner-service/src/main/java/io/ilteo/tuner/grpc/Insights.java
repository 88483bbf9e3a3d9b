package io.ilteo.tuner.grpc;

import io.ilteo.proto.tuner.v1.GetImportanceRequest;
import io.ilteo.proto.tuner.v1.GetImportanceResponse;
import io.ilteo.proto.tuner.v1.GetParetoFrontResponse;
import io.ilteo.proto.tuner.v1.GetTerminatorCurveResponse;
import io.ilteo.proto.tuner.v1.HypervolumePoint;
import io.ilteo.proto.tuner.v1.Point;
import io.ilteo.proto.tuner.v1.TerminatorPoint;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.tuner.application.MetricConstraints;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.domain.analysis.Importance;
import io.ilteo.tuner.domain.analysis.RegretBound;
import io.ilteo.tuner.domain.pareto.Dominance;
import io.ilteo.tuner.domain.pareto.Hypervolume;
import io.ilteo.tuner.domain.sampler.FinishedTrial;
import io.ilteo.tuner.domain.study.TrialState;
import io.ilteo.tuner.wire.Spaces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Answers of the AnalysisService that need more than reading. */
final class Insights {
  /** Points of a terminator curve where the request names no number: each needs a model. */
  static final int TERMINATOR_POINTS = 30;

  private static final int MAX_TERMINATOR_POINTS = 200;

  /** Volumes along the curve for more than two objectives, where each is dear. */
  private static final int MAX_VOLUMES = 100;

  /** Above three objectives the cost grows with the front to the power of their number less one. */
  private static final int MAX_FRONT_OF_MANY = 200;

  private Insights() {}

  static GetImportanceResponse importance(
      Study study, List<Trial> finished, GetImportanceRequest request) {
    int objective = request.getObjective();
    if (objective < 0 || objective >= study.objectives().size()) {
      throw new InvalidArgument(
          "objective is %d; 0 to %d".formatted(objective, study.objectives().size() - 1));
    }
    String method = request.getMethod().isEmpty() ? "ped_anova" : request.getMethod();
    if (!Importance.METHODS.contains(method)) {
      throw new InvalidArgument(
          "method is \"%s\"; %s".formatted(method, String.join(" or ", Importance.METHODS)));
    }
    List<FinishedTrial> trials = asHistory(study, finished);
    if (trials.size() < 2) {
      throw new FailedPrecondition(
          "importance needs 2 completed trials; there are " + trials.size());
    }
    GetImportanceResponse.Builder response = GetImportanceResponse.newBuilder().setMethod(method);
    Importance.of(study.space(), trials, objective, method)
        .forEach(
            (name, share) ->
                response.addImportances(
                    io.ilteo.proto.tuner.v1.Importance.newBuilder()
                        .setParameter(name)
                        .setShare(share)));
    return response.build();
  }

  /** The front, and the hypervolume after at most {@code points} of the trials. */
  static GetParetoFrontResponse paretoFront(Study study, List<Trial> finished, int points) {
    List<Trial> complete =
        finished.stream()
            .filter(trial -> trial.state() == TrialState.COMPLETED)
            .filter(trial -> trial.objectives().size() == study.objectives().size())
            .filter(trial -> MetricConstraints.violation(study.spec(), trial.metrics()) == 0)
            .toList();
    GetParetoFrontResponse.Builder response = GetParetoFrontResponse.newBuilder();
    if (complete.isEmpty()) {
      return response.build();
    }
    List<Dominance.Point> all =
        complete.stream().map(trial -> new Dominance.Point(losses(study, trial), 0)).toList();
    List<Integer> front = Dominance.fronts(all, 1).getFirst();
    for (int index : AnalysisGrpc.thin(front, points)) {
      response.addFront(point(complete.get(index)));
    }
    addHypervolume(response, complete, all, points);
    return response.build();
  }

  /**
   * The volume after each of at most {@code points} trials, the last among them. Exact; where the
   * objectives are many and the front is too large for that, the rest of the curve is left out.
   */
  private static void addHypervolume(
      GetParetoFrontResponse.Builder response,
      List<Trial> complete,
      List<Dominance.Point> all,
      int points) {
    double[] reference = Hypervolume.reference(all.stream().map(Dominance.Point::losses).toList());
    int most = reference.length == 2 ? points : Math.min(points, MAX_VOLUMES);
    int stride = Math.max(1, Math.ceilDiv(complete.size(), most));
    List<Dominance.Point> front = new ArrayList<>();
    boolean changed = true;
    double volume = 0;
    for (int i = 0; i < complete.size(); i++) {
      Dominance.Point next = all.get(i);
      // One of several equal points is enough for the volume.
      if (front.stream()
          .noneMatch(
              kept ->
                  Dominance.dominates(kept, next) || Arrays.equals(kept.losses(), next.losses()))) {
        front.removeIf(kept -> Dominance.dominates(next, kept));
        front.add(next);
        changed = true;
      }
      if (i % stride == 0 || i + 1 == complete.size()) {
        if (reference.length > 3 && front.size() > MAX_FRONT_OF_MANY) {
          return;
        }
        volume =
            changed
                ? Hypervolume.of(front.stream().map(Dominance.Point::losses).toList(), reference)
                : volume;
        changed = false;
        response.addHypervolume(
            HypervolumePoint.newBuilder()
                .setTrialNumber(complete.get(i).id().number())
                .setHypervolume(volume));
      }
    }
  }

  static GetTerminatorCurveResponse terminatorCurve(Study study, List<Trial> finished, int wanted) {
    List<FinishedTrial> trials = asHistory(study, finished);
    GetTerminatorCurveResponse.Builder response = GetTerminatorCurveResponse.newBuilder();
    List<Integer> ends = new ArrayList<>();
    for (int end = RegretBound.MIN_TRIALS; end <= trials.size(); end++) {
      ends.add(end);
    }
    RegretBound bound = new RegretBound();
    for (int end : AnalysisGrpc.thin(ends, Math.min(wanted, MAX_TERMINATOR_POINTS))) {
      bound
          .after(study.space(), trials.subList(0, end), 0)
          .ifPresent(
              value ->
                  response.addPoints(
                      TerminatorPoint.newBuilder()
                          .setTrialNumber(trials.get(end - 1).number())
                          .setRegretBound(value)));
    }
    return response.build();
  }

  /** Completed trials: a pruned one's last value is no final value. */
  private static List<FinishedTrial> asHistory(Study study, List<Trial> finished) {
    List<FinishedTrial> trials = new ArrayList<>();
    for (Trial trial : finished) {
      if (trial.state() == TrialState.COMPLETED
          && trial.objectives().size() == study.objectives().size()
          && MetricConstraints.violation(study.spec(), trial.metrics()) == 0) {
        List<Double> losses = new ArrayList<>();
        for (double loss : losses(study, trial)) {
          losses.add(loss);
        }
        trials.add(new FinishedTrial(trial.id().number(), trial.configuration(), losses, 0));
      }
    }
    return trials;
  }

  private static double[] losses(Study study, Trial trial) {
    double[] losses = new double[trial.objectives().size()];
    for (int m = 0; m < losses.length; m++) {
      losses[m] = study.objectives().get(m).direction().loss(trial.objectives().get(m));
    }
    return losses;
  }

  private static Point point(Trial trial) {
    return Point.newBuilder()
        .setTrialNumber(trial.id().number())
        .addAllParameters(Spaces.write(trial.configuration()))
        .addAllObjectives(trial.objectives())
        .setPruned(trial.state() == TrialState.PRUNED)
        .build();
  }
}
