package io.ilteo.tuner.grpc;

import io.grpc.stub.StreamObserver;
import io.ilteo.proto.tuner.v1.AuditEvent;
import io.ilteo.proto.tuner.v1.ConfirmWinnersRequest;
import io.ilteo.proto.tuner.v1.ConfirmWinnersResponse;
import io.ilteo.proto.tuner.v1.CreateStudyRequest;
import io.ilteo.proto.tuner.v1.CreateStudyResponse;
import io.ilteo.proto.tuner.v1.DeleteStudyRequest;
import io.ilteo.proto.tuner.v1.DeleteStudyResponse;
import io.ilteo.proto.tuner.v1.GetStudyRequest;
import io.ilteo.proto.tuner.v1.GetStudyResponse;
import io.ilteo.proto.tuner.v1.ListAuditEventsRequest;
import io.ilteo.proto.tuner.v1.ListAuditEventsResponse;
import io.ilteo.proto.tuner.v1.ListStudiesRequest;
import io.ilteo.proto.tuner.v1.ListStudiesResponse;
import io.ilteo.proto.tuner.v1.ListTasksRequest;
import io.ilteo.proto.tuner.v1.ListTasksResponse;
import io.ilteo.proto.tuner.v1.PauseStudyRequest;
import io.ilteo.proto.tuner.v1.PauseStudyResponse;
import io.ilteo.proto.tuner.v1.PromoteTrialRequest;
import io.ilteo.proto.tuner.v1.PromoteTrialResponse;
import io.ilteo.proto.tuner.v1.ReplayStudyRequest;
import io.ilteo.proto.tuner.v1.ReplayStudyResponse;
import io.ilteo.proto.tuner.v1.StartStudyRequest;
import io.ilteo.proto.tuner.v1.StartStudyResponse;
import io.ilteo.proto.tuner.v1.StopStudyRequest;
import io.ilteo.proto.tuner.v1.StopStudyResponse;
import io.ilteo.proto.tuner.v1.StudyServiceGrpc;
import io.ilteo.proto.tuner.v1.TaskStatus;
import io.ilteo.proto.tuner.v1.UpdateStudyRequest;
import io.ilteo.proto.tuner.v1.UpdateStudyResponse;
import io.ilteo.proto.tuner.v1.WatchStudyRequest;
import io.ilteo.proto.tuner.v1.WatchStudyResponse;
import io.ilteo.servicekit.error.DomainException;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.servicekit.error.DomainException.Unavailable;
import io.ilteo.servicekit.grpc.Calls;
import io.ilteo.servicekit.grpc.OpenCalls;
import io.ilteo.servicekit.security.Caller;
import io.ilteo.tuner.application.Change;
import io.ilteo.tuner.application.ModelServices;
import io.ilteo.tuner.application.Promotion;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.StudyCreation;
import io.ilteo.tuner.application.StudyLifecycle;
import io.ilteo.tuner.application.StudyStore;
import io.ilteo.tuner.application.TrialQueue;
import io.ilteo.tuner.application.TrialReader;
import io.ilteo.tuner.application.TrialRecord;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.StudyState;
import io.ilteo.tuner.domain.study.TrialId;
import io.ilteo.tuner.wire.Messages;
import io.quarkus.grpc.GrpcService;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code ilteo.tuner.v1.StudyService}. */
@GrpcService
public class StudyGrpc extends StudyServiceGrpc.StudyServiceImplBase {
  private static final Duration WATCH_PAUSE = Duration.ofMillis(500);

  private final StudyStore studies;
  private final StudyCreation creation;
  private final StudyLifecycle lifecycle;
  private final ModelServices services;
  private final TrialReader trials;
  private final TrialRecord record;
  private final TrialQueue.Proposer proposer;
  private final Promotion promotion;
  private final OpenCalls calls;

  public StudyGrpc(
      StudyStore studies,
      StudyCreation creation,
      StudyLifecycle lifecycle,
      ModelServices services,
      TrialReader trials,
      TrialRecord record,
      TrialQueue.Proposer proposer,
      Promotion promotion,
      OpenCalls calls) {
    this.calls = calls;
    this.trials = trials;
    this.record = record;
    this.proposer = proposer;
    this.promotion = promotion;
    this.studies = studies;
    this.creation = creation;
    this.lifecycle = lifecycle;
    this.services = services;
  }

  @Override
  public void createStudy(
      CreateStudyRequest request, StreamObserver<CreateStudyResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          Optional<String> requestId =
              Optional.of(request.getRequestId()).filter(id -> !id.isEmpty());
          Change change = change(request.getReason());
          Study study =
              creation.create(
                  request.getDisplayName(),
                  request.getSpec(),
                  Requests.tags(request.getTagsList()),
                  requestId,
                  change);
          if (request.getStart() && study.state() == StudyState.DRAFT) {
            study = lifecycle.start(study.id(), change);
          }
          return CreateStudyResponse.newBuilder().setStudy(Messages.study(study)).build();
        });
  }

  @Override
  public void getStudy(GetStudyRequest request, StreamObserver<GetStudyResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          Study study = studies.get(Requests.study(request.getName()));
          return GetStudyResponse.newBuilder().setStudy(withConfirmations(study)).build();
        });
  }

  @Override
  public void listStudies(
      ListStudiesRequest request, StreamObserver<ListStudiesResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          int size = Requests.pageSize(request.getPageSize());
          long before = Requests.pageToken(request.getPageToken(), Long.MAX_VALUE);
          StudyStore.Filter filter =
              new StudyStore.Filter(
                  states(request.getStatesList()),
                  request.getTask(),
                  request.getQuery(),
                  request.getTag());
          List<Study> page = studies.list(filter, before, size);
          ListStudiesResponse.Builder response = ListStudiesResponse.newBuilder();
          page.forEach(study -> response.addStudies(Messages.study(study)));
          if (page.size() == size) {
            response.setNextPageToken(Long.toString(page.getLast().id().value()));
          }
          return response.build();
        });
  }

  private static Set<StudyState> states(List<io.ilteo.proto.tuner.v1.StudyState> states) {
    Set<StudyState> result = EnumSet.noneOf(StudyState.class);
    for (var state : states) {
      if (state == io.ilteo.proto.tuner.v1.StudyState.UNRECOGNIZED || state.getNumber() == 0) {
        throw new InvalidArgument("states: a state is unspecified or unknown");
      }
      result.add(StudyState.valueOf(state.name().substring("STUDY_STATE_".length())));
    }
    return result;
  }

  @Override
  public void updateStudy(
      UpdateStudyRequest request, StreamObserver<UpdateStudyResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          StudyStore.Edit edit =
              new StudyStore.Edit(
                  request.hasDisplayName()
                      ? Optional.of(request.getDisplayName())
                      : Optional.empty(),
                  request.hasNotes() ? Optional.of(request.getNotes()) : Optional.empty(),
                  request.hasTags()
                      ? Optional.of(Requests.tags(request.getTags().getTagsList()))
                      : Optional.empty(),
                  request.hasBudget() ? Optional.of(request.getBudget()) : Optional.empty(),
                  request.hasParallelism()
                      ? Optional.of(request.getParallelism())
                      : Optional.empty(),
                  request.hasSearchSpace()
                      ? Optional.of(request.getSearchSpace())
                      : Optional.empty());
          Optional<Long> version =
              request.getEtag().isEmpty()
                  ? Optional.empty()
                  : Optional.of(Requests.pageToken(request.getEtag(), 0));
          Study study =
              lifecycle.update(
                  Requests.study(request.getName()), version, edit, change(request.getReason()));
          return UpdateStudyResponse.newBuilder().setStudy(Messages.study(study)).build();
        });
  }

  @Override
  public void startStudy(StartStudyRequest request, StreamObserver<StartStudyResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          Study study =
              lifecycle.start(Requests.study(request.getName()), change(request.getReason()));
          return StartStudyResponse.newBuilder().setStudy(Messages.study(study)).build();
        });
  }

  @Override
  public void pauseStudy(PauseStudyRequest request, StreamObserver<PauseStudyResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          Study study =
              lifecycle.pause(Requests.study(request.getName()), change(request.getReason()));
          return PauseStudyResponse.newBuilder().setStudy(Messages.study(study)).build();
        });
  }

  @Override
  public void stopStudy(StopStudyRequest request, StreamObserver<StopStudyResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          Study study =
              lifecycle.stop(Requests.study(request.getName()), change(request.getReason()));
          return StopStudyResponse.newBuilder().setStudy(Messages.study(study)).build();
        });
  }

  @Override
  public void deleteStudy(
      DeleteStudyRequest request, StreamObserver<DeleteStudyResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          studies.delete(Requests.study(request.getName()), change(request.getReason()));
          return DeleteStudyResponse.getDefaultInstance();
        });
  }

  @Override
  public void watchStudy(WatchStudyRequest request, StreamObserver<WatchStudyResponse> observer) {
    Calls.<WatchStudyResponse>serverStream(
        observer,
        emitter -> {
          StudyId id = Requests.study(request.getName());
          Optional<Study> last = Optional.empty();
          while (!calls.isClosing()) {
            Study study = studies.get(id);
            if (!last.equals(Optional.of(study))) {
              emitter.emit(WatchStudyResponse.newBuilder().setStudy(Messages.study(study)).build());
              last = Optional.of(study);
            }
            if (study.state().hasEnded()) {
              return;
            }
            Thread.sleep(WATCH_PAUSE);
            if (emitter.isCancelled()) {
              return;
            }
          }
          throw new Unavailable("this replica is shutting down; watch on another");
        });
  }

  @Override
  public void listAuditEvents(
      ListAuditEventsRequest request, StreamObserver<ListAuditEventsResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          int size = Requests.pageSize(request.getPageSize());
          var events =
              studies.auditEvents(
                  Requests.study(request.getStudy()),
                  Requests.pageToken(request.getPageToken(), Long.MAX_VALUE),
                  size);
          List<AuditEvent> messages = events.stream().map(Messages::event).toList();
          ListAuditEventsResponse.Builder response =
              ListAuditEventsResponse.newBuilder().addAllEvents(messages);
          if (events.size() == size) {
            response.setNextPageToken(Long.toString(events.getLast().id()));
          }
          return response.build();
        });
  }

  @Override
  public void confirmWinners(
      ConfirmWinnersRequest request, StreamObserver<ConfirmWinnersResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          int topK = request.getTopK() == 0 ? 3 : request.getTopK();
          int seeds = request.getSeeds() == 0 ? 5 : request.getSeeds();
          if (topK < 1 || topK > 16 || seeds < 2 || seeds > 32) {
            throw new InvalidArgument(
                "top_k is %d, seeds is %d; 1 to 16, and 2 to 32".formatted(topK, seeds));
          }
          StudyId id = Requests.study(request.getStudy());
          record.confirm(id, topK, seeds, change("winners are run again on fresh seeds"));
          return ConfirmWinnersResponse.newBuilder()
              .setStudy(withConfirmations(studies.get(id)))
              .build();
        });
  }

  private io.ilteo.proto.tuner.v1.Study withConfirmations(Study study) {
    return Messages.study(study, trials.confirmations(study.id()));
  }

  @Override
  public void promoteTrial(
      PromoteTrialRequest request, StreamObserver<PromoteTrialResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          if (request.getReason().isBlank()) {
            throw new InvalidArgument("reason is missing; the audit log keeps why");
          }
          String alias = request.getAlias().isEmpty() ? "champion" : request.getAlias();
          Promotion.Promoted promoted =
              promotion.promote(
                  Requests.trial(request.getTrial()),
                  alias,
                  request.getForce(),
                  change(request.getReason()));
          return PromoteTrialResponse.newBuilder()
              .setModelVersion(promoted.modelVersion())
              .setEvaluation(promoted.evaluation())
              .build();
        });
  }

  @Override
  public void replayStudy(
      ReplayStudyRequest request, StreamObserver<ReplayStudyResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          TrialRecord.Replay replay = record.replay(Requests.study(request.getStudy()), proposer);
          return ReplayStudyResponse.newBuilder()
              .setSuggestions(replay.suggestions())
              .setReproduced(replay.reproduced())
              .setFirstDifference(replay.firstDifference().map(TrialId::name).orElse(""))
              .build();
        });
  }

  @Override
  public void listTasks(ListTasksRequest request, StreamObserver<ListTasksResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          ListTasksResponse.Builder response = ListTasksResponse.newBuilder();
          services.tasks().stream().sorted().map(this::status).forEach(response::addTasks);
          return response.build();
        });
  }

  private TaskStatus status(String task) {
    TaskStatus.Builder status =
        TaskStatus.newBuilder().setName(task).setTarget(services.target(task));
    try {
      return status.setTask(services.describe(task)).setReachable(true).build();
    } catch (DomainException failure) {
      return status.setError(String.valueOf(failure.getMessage())).build();
    }
  }

  /** Until callers are authenticated, everybody on loopback is the operator. */
  private static Change change(String reason) {
    return new Change(Caller.current().name(), reason);
  }
}
