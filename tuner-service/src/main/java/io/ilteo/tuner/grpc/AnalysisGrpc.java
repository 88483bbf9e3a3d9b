package io.ilteo.tuner.grpc;

import io.grpc.stub.StreamObserver;
import io.ilteo.proto.tuner.v1.AnalysisServiceGrpc;
import io.ilteo.proto.tuner.v1.GetCurvesRequest;
import io.ilteo.proto.tuner.v1.GetCurvesResponse;
import io.ilteo.proto.tuner.v1.GetHistoryRequest;
import io.ilteo.proto.tuner.v1.GetHistoryResponse;
import io.ilteo.proto.tuner.v1.GetImportanceRequest;
import io.ilteo.proto.tuner.v1.GetImportanceResponse;
import io.ilteo.proto.tuner.v1.GetParetoFrontRequest;
import io.ilteo.proto.tuner.v1.GetParetoFrontResponse;
import io.ilteo.proto.tuner.v1.GetPointsRequest;
import io.ilteo.proto.tuner.v1.GetPointsResponse;
import io.ilteo.proto.tuner.v1.GetTerminatorCurveRequest;
import io.ilteo.proto.tuner.v1.GetTerminatorCurveResponse;
import io.ilteo.proto.tuner.v1.GetTimelineRequest;
import io.ilteo.proto.tuner.v1.GetTimelineResponse;
import io.ilteo.proto.tuner.v1.HistoryPoint;
import io.ilteo.proto.tuner.v1.Point;
import io.ilteo.proto.tuner.v1.TimelineEntry;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.servicekit.grpc.Calls;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.StudyStore;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.application.TrialReader;
import io.ilteo.tuner.domain.analysis.Lttb;
import io.ilteo.tuner.domain.pruner.Curve;
import io.ilteo.tuner.domain.study.Objective;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.TrialOrigin;
import io.ilteo.tuner.domain.study.TrialState;
import io.ilteo.tuner.wire.Messages;
import io.ilteo.tuner.wire.Spaces;
import io.quarkus.grpc.GrpcService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code ilteo.tuner.v1.AnalysisService}: what a study's trials teach, thinned by the server. */
@GrpcService
public class AnalysisGrpc extends AnalysisServiceGrpc.AnalysisServiceImplBase {
  private static final int DEFAULT_POINTS = 2_000;
  private static final int MAX_POINTS = 10_000;
  private static final int MAX_TRIALS = 100_000;

  private final StudyStore studies;
  private final TrialReader trials;

  public AnalysisGrpc(StudyStore studies, TrialReader trials) {
    this.studies = studies;
    this.trials = trials;
  }

  @Override
  public void getHistory(GetHistoryRequest request, StreamObserver<GetHistoryResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          Study study = studies.get(Requests.study(request.getStudy()));
          int index = request.getObjective();
          if (index < 0 || index >= study.objectives().size()) {
            throw new InvalidArgument(
                "objective is %d; 0 to %d".formatted(index, study.objectives().size() - 1));
          }
          List<HistoryPoint> points =
              history(trials.results(study.id()), study.objectives().get(index), index);
          return GetHistoryResponse.newBuilder()
              .setTotalTrials(points.size())
              .addAllPoints(outline(points, limit(request.getMaxPoints(), DEFAULT_POINTS)))
              .build();
        });
  }

  private static List<HistoryPoint> history(
      List<TrialReader.Result> finished, Objective objective, int index) {
    List<HistoryPoint> points = new ArrayList<>();
    double best = Double.POSITIVE_INFINITY;
    for (TrialReader.Result trial : finished) {
      if (trial.objectives().size() <= index) {
        continue;
      }
      double value = trial.objectives().get(index);
      best =
          trial.pruned() || !trial.feasible()
              ? best
              : Math.min(best, objective.direction().loss(value));
      points.add(
          HistoryPoint.newBuilder()
              .setTrialNumber(trial.number())
              .setValue(value)
              .setBestSoFar(Double.isFinite(best) ? objective.direction().loss(best) : Double.NaN)
              .setPruned(trial.pruned())
              .build());
    }
    return points;
  }

  /** At most {@code limit} points that keep the look of the values; extremes stay. */
  private static List<HistoryPoint> outline(List<HistoryPoint> points, int limit) {
    double[] numbers = points.stream().mapToDouble(HistoryPoint::getTrialNumber).toArray();
    double[] values = points.stream().mapToDouble(HistoryPoint::getValue).toArray();
    return Arrays.stream(Lttb.select(numbers, values, limit)).mapToObj(points::get).toList();
  }

  @Override
  public void getPoints(GetPointsRequest request, StreamObserver<GetPointsResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          Study study = studies.get(Requests.study(request.getStudy()));
          Set<String> wanted = Set.copyOf(request.getParametersList());
          for (String name : wanted) {
            if (study.space().parameters().stream().noneMatch(p -> p.name().equals(name))) {
              throw new InvalidArgument("parameter \"" + name + "\" is unknown");
            }
          }
          // Thinned by number before parameters are read, which are most of what there is.
          List<TrialReader.Result> finished = trials.results(study.id());
          List<Integer> kept =
              thin(finished, limit(request.getMaxPoints(), DEFAULT_POINTS)).stream()
                  .map(TrialReader.Result::number)
                  .toList();
          GetPointsResponse.Builder response =
              GetPointsResponse.newBuilder().setTotalTrials(finished.size());
          for (Trial trial : trials.these(study.id(), kept)) {
            response.addPoints(
                Point.newBuilder()
                    .setTrialNumber(trial.id().number())
                    .addAllParameters(
                        Spaces.write(trial.configuration()).stream()
                            .filter(p -> wanted.isEmpty() || wanted.contains(p.getName()))
                            .toList())
                    .addAllObjectives(trial.objectives())
                    .setPruned(trial.state() == TrialState.PRUNED));
          }
          return response.build();
        });
  }

  @Override
  public void getCurves(GetCurvesRequest request, StreamObserver<GetCurvesResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          Study study = studies.get(Requests.study(request.getStudy()));
          String metric =
              request.getMetric().isEmpty()
                  ? study.objectives().getFirst().metric()
                  : request.getMetric();
          Map<Integer, Curve> curves = trials.curves(study.id(), metric);
          Set<Integer> pruned =
              trials.results(study.id()).stream()
                  .filter(TrialReader.Result::pruned)
                  .map(TrialReader.Result::number)
                  .collect(Collectors.toSet());
          GetCurvesResponse.Builder response =
              GetCurvesResponse.newBuilder().setTotalTrials(curves.size());
          int points = limit(request.getMaxPoints(), 200);
          for (var entry :
              thin(List.copyOf(curves.entrySet()), limit(request.getMaxCurves(), 100))) {
            var curve =
                io.ilteo.proto.tuner.v1.Curve.newBuilder()
                    .setTrialNumber(entry.getKey())
                    .setPruned(pruned.contains(entry.getKey()));
            for (var point : thin(List.copyOf(entry.getValue().entrySet()), points)) {
              curve.addSteps(point.getKey()).addValues(point.getValue());
            }
            response.addCurves(curve);
          }
          return response.build();
        });
  }

  @Override
  public void getTimeline(
      GetTimelineRequest request, StreamObserver<GetTimelineResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          StudyId id = studies.get(Requests.study(request.getStudy())).id();
          GetTimelineResponse.Builder response =
              GetTimelineResponse.newBuilder().setTotalAttempts(trials.attempts(id));
          for (var entry : trials.timeline(id, limit(request.getMaxPoints(), DEFAULT_POINTS))) {
            TimelineEntry.Builder message =
                TimelineEntry.newBuilder()
                    .setTrialNumber(entry.trial())
                    .setAttempt(entry.attempt())
                    .setWorker(entry.worker())
                    .setReplica(entry.replica())
                    .setState("ATTEMPT_STATE_" + entry.state())
                    .setStartTime(Messages.timestamp(entry.startedAt()));
            entry.endedAt().ifPresent(at -> message.setEndTime(Messages.timestamp(at)));
            response.addEntries(message);
          }
          return response.build();
        });
  }

  @Override
  public void getImportance(
      GetImportanceRequest request, StreamObserver<GetImportanceResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          Study study = studies.get(Requests.study(request.getStudy()));
          return Insights.importance(study, finished(study.id()), request);
        });
  }

  @Override
  public void getParetoFront(
      GetParetoFrontRequest request, StreamObserver<GetParetoFrontResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          Study study = studies.get(Requests.study(request.getStudy()));
          int points = limit(request.getMaxPoints(), DEFAULT_POINTS);
          return Insights.paretoFront(study, finished(study.id()), points);
        });
  }

  @Override
  public void getTerminatorCurve(
      GetTerminatorCurveRequest request, StreamObserver<GetTerminatorCurveResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          Study study = studies.get(Requests.study(request.getStudy()));
          int points = limit(request.getMaxPoints(), Insights.TERMINATOR_POINTS);
          return Insights.terminatorCurve(study, finished(study.id()), points);
        });
  }

  /** Finished trials of the search by number: no confirmations. */
  private List<Trial> finished(StudyId id) {
    return trials
        .list(
            new TrialReader.Query(
                id,
                Set.of(TrialState.COMPLETED, TrialState.PRUNED),
                TrialReader.Order.NUMBER,
                false,
                0,
                MAX_TRIALS))
        .trials()
        .stream()
        .filter(trial -> trial.origin() != TrialOrigin.CONFIRMATION)
        .toList();
  }

  private static int limit(int wanted, int fallback) {
    if (wanted != 0 && (wanted < 2 || wanted > MAX_POINTS)) {
      throw new InvalidArgument("max_points is " + wanted + "; 2 to " + MAX_POINTS);
    }
    return wanted == 0 ? fallback : wanted;
  }

  /** At most {@code limit} of the items, evenly, the first and the last among them. */
  static <T> List<T> thin(List<T> items, int limit) {
    if (items.size() <= limit) {
      return items;
    }
    List<T> kept = new ArrayList<>(limit);
    for (int i = 0; i < limit; i++) {
      kept.add(items.get((int) ((long) i * (items.size() - 1) / (limit - 1))));
    }
    return kept;
  }
}
