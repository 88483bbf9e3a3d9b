package io.ilteo.tuner.grpc;

import io.grpc.stub.StreamObserver;
import io.ilteo.proto.model.v1.MetricValue;
import io.ilteo.proto.tuner.v1.AskTrialRequest;
import io.ilteo.proto.tuner.v1.AskTrialResponse;
import io.ilteo.proto.tuner.v1.EnqueueTrialsRequest;
import io.ilteo.proto.tuner.v1.EnqueueTrialsResponse;
import io.ilteo.proto.tuner.v1.GetTrialRequest;
import io.ilteo.proto.tuner.v1.GetTrialResponse;
import io.ilteo.proto.tuner.v1.ImportTrialsRequest;
import io.ilteo.proto.tuner.v1.ImportTrialsResponse;
import io.ilteo.proto.tuner.v1.ImportedTrial;
import io.ilteo.proto.tuner.v1.ListMeasurementsRequest;
import io.ilteo.proto.tuner.v1.ListMeasurementsResponse;
import io.ilteo.proto.tuner.v1.ListTrialsRequest;
import io.ilteo.proto.tuner.v1.ListTrialsResponse;
import io.ilteo.proto.tuner.v1.ReleaseTrialRequest;
import io.ilteo.proto.tuner.v1.ReleaseTrialResponse;
import io.ilteo.proto.tuner.v1.ReportMeasurementsRequest;
import io.ilteo.proto.tuner.v1.ReportMeasurementsResponse;
import io.ilteo.proto.tuner.v1.TellTrialRequest;
import io.ilteo.proto.tuner.v1.TellTrialResponse;
import io.ilteo.proto.tuner.v1.TrialServiceGrpc;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.servicekit.error.DomainException.ResourceExhausted;
import io.ilteo.servicekit.grpc.Calls;
import io.ilteo.servicekit.security.Caller;
import io.ilteo.tuner.application.Asking;
import io.ilteo.tuner.application.Change;
import io.ilteo.tuner.application.ClaimResult;
import io.ilteo.tuner.application.Lease;
import io.ilteo.tuner.application.Measurement;
import io.ilteo.tuner.application.Outcome;
import io.ilteo.tuner.application.Outcomes;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.StudyStore;
import io.ilteo.tuner.application.Told;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.application.TrialQueue;
import io.ilteo.tuner.application.TrialReader;
import io.ilteo.tuner.application.TrialRecord;
import io.ilteo.tuner.application.TrialWork;
import io.ilteo.tuner.domain.study.Objective;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.TrialId;
import io.ilteo.tuner.domain.study.TrialState;
import io.ilteo.tuner.wire.Messages;
import io.ilteo.tuner.wire.Objectives;
import io.ilteo.tuner.wire.Spaces;
import io.quarkus.grpc.GrpcService;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** {@code ilteo.tuner.v1.TrialService}. */
@GrpcService
public class TrialGrpc extends TrialServiceGrpc.TrialServiceImplBase {
  /** A slot of the shortest of trials is free again within so long. */
  private static final Duration ASK_AGAIN = Duration.ofMillis(250);

  private static final String BY_PARAMETER = "parameter:";
  private static final int MAX_BATCH = 1_000;
  private static final int MAX_MEASUREMENTS = 10_000;

  private final TrialQueue queue;
  private final TrialRecord record;
  private final TrialReader reader;
  private final StudyStore studies;
  private final TrialWork work;

  public TrialGrpc(
      TrialQueue queue,
      TrialRecord record,
      TrialReader reader,
      StudyStore studies,
      TrialWork work) {
    this.record = record;
    this.queue = queue;
    this.reader = reader;
    this.studies = studies;
    this.work = work;
  }

  @Override
  public void askTrial(AskTrialRequest request, StreamObserver<AskTrialResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          StudyId study = Requests.study(request.getStudy());
          return switch (work.ask(study, Requests.asking(request))) {
            case ClaimResult.Leased(Lease lease) -> answer(lease);
            case ClaimResult.NotRunning(String state) ->
                throw new FailedPrecondition(study.name() + " is " + state + ", not RUNNING");
            case ClaimResult.NothingFree(String reason) ->
                throw new ResourceExhausted(
                    study.name() + ": " + reason + "; ask again later", ASK_AGAIN);
          };
        });
  }

  private static AskTrialResponse answer(Lease lease) {
    return AskTrialResponse.newBuilder()
        .setTrial(Messages.trial(lease.trial()))
        .setAttempt(lease.attempt().name())
        .setToken(lease.token().toString())
        .setLeaseExpireTime(Messages.timestamp(lease.expiresAt()))
        .setResumeFrom(lease.trial().checkpoint())
        .build();
  }

  @Override
  public void reportMeasurements(
      ReportMeasurementsRequest request, StreamObserver<ReportMeasurementsResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          Requests.require(
              request.getMeasurementsCount() <= MAX_BATCH,
              "measurements: " + request.getMeasurementsCount() + " at once; at most 1000");
          List<Measurement> measurements =
              request.getMeasurementsList().stream().map(TrialGrpc::measurement).toList();
          var attempt = Requests.attempt(request.getAttempt());
          TrialWork.Reported reported =
              work.report(
                  attempt,
                  Requests.token(request.getToken()),
                  measurements,
                  request.getCheckpoint());
          var response =
              ReportMeasurementsResponse.newBuilder()
                  .setLeaseExpireTime(Messages.timestamp(reported.leaseExpiresAt()))
                  .setShouldStop(reported.shouldStop());
          reported
              .decision()
              .ifPresent(d -> response.setPruningDecision(Messages.decision(attempt.trial(), d)));
          return response.build();
        });
  }

  private static Measurement measurement(io.ilteo.proto.tuner.v1.Measurement message) {
    Requests.require(message.getStep() >= 0, "step is " + message.getStep() + "; 0 or more");
    return Measurement.at(
        message.getStep(),
        metrics(message.getMetricsList()),
        Duration.ofSeconds(message.getDuration().getSeconds(), message.getDuration().getNanos()));
  }

  private static Map<String, Double> metrics(List<MetricValue> values) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (MetricValue value : values) {
      Requests.require(!value.getName().isBlank(), "a metric has no name");
      metrics.put(value.getName(), value.getValue());
    }
    return metrics;
  }

  @Override
  public void tellTrial(TellTrialRequest request, StreamObserver<TellTrialResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          var attempt = Requests.attempt(request.getAttempt());
          UUID token = Requests.token(request.getToken());
          Outcome outcome = outcome(attempt.trial(), request);
          TellTrialResponse.Builder response = TellTrialResponse.newBuilder();
          if (!request.hasAskNext()) {
            Trial trial = work.tell(attempt, token, outcome);
            return response.setTrial(Messages.trial(trial)).build();
          }
          Asking asking = Requests.asking(request.getAskNext());
          Told told = work.tellAndAsk(attempt, token, outcome, asking);
          if (told.next() instanceof ClaimResult.Leased(Lease lease)) {
            response.setNext(answer(lease));
          }
          return response.setTrial(Messages.trial(told.trial())).build();
        });
  }

  private Outcome outcome(TrialId trial, TellTrialRequest request) {
    return switch (request.getOutcomeCase()) {
      case COMPLETED ->
          completed(
              request.getCompleted(),
              Objectives.read(studies.terms(trial.study()).getObjectivesList()));
      case PRUNED -> work.pruned(trial, "told by the client");
      case FAILED -> new Outcome.Failed(request.getFailed().getReason());
      case OUTCOME_NOT_SET ->
          throw new InvalidArgument("outcome is missing; completed, pruned or failed");
    };
  }

  private static Outcome completed(
      TellTrialRequest.Completed completed, List<Objective> objectives) {
    Map<String, Double> metrics = metrics(completed.getMetricsList());
    for (Objective objective : objectives) {
      Requests.require(
          metrics.containsKey(objective.metric()),
          "metrics: the objective " + objective.metric() + " is missing");
    }
    return Outcomes.of(objectives, metrics, completed.getCandidate());
  }

  @Override
  public void releaseTrial(
      ReleaseTrialRequest request, StreamObserver<ReleaseTrialResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          work.tell(
              Requests.attempt(request.getAttempt()),
              Requests.token(request.getToken()),
              new Outcome.Preempted(request.getReason()));
          return ReleaseTrialResponse.getDefaultInstance();
        });
  }

  @Override
  public void enqueueTrials(
      EnqueueTrialsRequest request, StreamObserver<EnqueueTrialsResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          int count = request.getConfigurationsCount();
          Requests.require(
              count >= 1 && count <= MAX_BATCH, "configurations: " + count + "; 1 to 1000");
          Study study = studies.get(Requests.study(request.getStudy()));
          var configurations =
              request.getConfigurationsList().stream()
                  .map(c -> Spaces.read(c.getParametersList(), study.space()))
                  .toList();
          EnqueueTrialsResponse.Builder response = EnqueueTrialsResponse.newBuilder();
          queue
              .enqueue(
                  study.id(),
                  configurations,
                  new Change(Caller.current().name(), request.getReason()))
              .forEach(trial -> response.addTrials(Messages.trial(trial)));
          return response.build();
        });
  }

  @Override
  public void importTrials(
      ImportTrialsRequest request, StreamObserver<ImportTrialsResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          int count = request.getTrialsCount();
          Requests.require(count >= 1 && count <= MAX_BATCH, "trials: " + count + "; 1 to 1000");
          Study study = studies.get(Requests.study(request.getStudy()));
          List<TrialRecord.Imported> imported =
              request.getTrialsList().stream().map(trial -> imported(trial, study)).toList();
          ImportTrialsResponse.Builder response = ImportTrialsResponse.newBuilder();
          record
              .importTrials(
                  study.id(), imported, new Change(Caller.current().name(), request.getReason()))
              .forEach(trial -> response.addTrials(Messages.trial(trial)));
          return response.build();
        });
  }

  private static TrialRecord.Imported imported(ImportedTrial trial, Study study) {
    Map<String, Double> metrics = metrics(trial.getMetricsList());
    List<Double> objectives =
        Outcomes.objectives(study.objectives(), metrics)
            .orElseThrow(
                () ->
                    new InvalidArgument(
                        "metrics: each of "
                            + study.objectives().stream().map(Objective::metric).toList()
                            + " must be there and finite"));
    return new TrialRecord.Imported(
        Spaces.read(trial.getParametersList(), study.space()), metrics, objectives);
  }

  @Override
  public void getTrial(GetTrialRequest request, StreamObserver<GetTrialResponse> observer) {
    Calls.unary(
        observer,
        () ->
            GetTrialResponse.newBuilder()
                .setTrial(Messages.trial(reader.get(Requests.trial(request.getName()))))
                .build());
  }

  @Override
  public void listTrials(ListTrialsRequest request, StreamObserver<ListTrialsResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          int size = Requests.pageSize(request.getPageSize());
          int offset = Math.toIntExact(Requests.pageToken(request.getPageToken(), 0));
          TrialReader.Order order = order(request.getOrderBy());
          String parameter =
              order == TrialReader.Order.PARAMETER
                  ? request.getOrderBy().substring(BY_PARAMETER.length())
                  : "";
          TrialReader.Page page =
              reader.list(
                  new TrialReader.Query(
                      Requests.study(request.getStudy()),
                      states(request.getStatesList()),
                      order,
                      parameter,
                      request.getDescending(),
                      offset,
                      size));
          ListTrialsResponse.Builder response =
              ListTrialsResponse.newBuilder().setTotalSize(page.total());
          page.trials().forEach(trial -> response.addTrials(Messages.trial(trial)));
          if (offset + page.trials().size() < page.total()) {
            response.setNextPageToken(Integer.toString(offset + page.trials().size()));
          }
          return response.build();
        });
  }

  private static TrialReader.Order order(String name) {
    if (name.startsWith(BY_PARAMETER)) {
      return TrialReader.Order.PARAMETER;
    }
    return switch (name) {
      case "", "number" -> TrialReader.Order.NUMBER;
      case "objective" -> TrialReader.Order.OBJECTIVE;
      case "start_time" -> TrialReader.Order.START_TIME;
      case "duration" -> TrialReader.Order.DURATION;
      default ->
          throw new InvalidArgument(
              "order_by \""
                  + name
                  + "\"; number, objective, start_time, duration or parameter:NAME");
    };
  }

  private static Set<TrialState> states(List<io.ilteo.proto.tuner.v1.TrialState> states) {
    Set<TrialState> result = EnumSet.noneOf(TrialState.class);
    for (var state : states) {
      boolean known =
          state != io.ilteo.proto.tuner.v1.TrialState.UNRECOGNIZED && state.getNumber() > 0;
      Requests.require(known, "states: a state is unspecified or unknown");
      result.add(TrialState.valueOf(state.name().substring("TRIAL_STATE_".length())));
    }
    return result;
  }

  @Override
  public void listMeasurements(
      ListMeasurementsRequest request, StreamObserver<ListMeasurementsResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          int wanted = request.getPageSize() == 0 ? MAX_BATCH : request.getPageSize();
          Requests.require(wanted > 0 && wanted <= MAX_MEASUREMENTS, "page_size: 1 to 10000");
          TrialId trial = Requests.trial(request.getTrial());
          long after = Requests.pageToken(request.getPageToken(), -1);
          List<Measurement> page = reader.measurements(trial, after, wanted);
          ListMeasurementsResponse.Builder response = ListMeasurementsResponse.newBuilder();
          page.forEach(m -> response.addMeasurements(Messages.measurement(m)));
          if (page.size() == wanted) {
            response.setNextPageToken(Long.toString(page.getLast().step()));
          }
          return response.build();
        });
  }
}
