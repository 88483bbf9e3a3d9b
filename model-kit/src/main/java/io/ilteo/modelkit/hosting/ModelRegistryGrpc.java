package io.ilteo.modelkit.hosting;

import io.grpc.stub.StreamObserver;
import io.ilteo.modelkit.registry.Aliases;
import io.ilteo.modelkit.registry.ModelVersions;
import io.ilteo.proto.model.v1.DeleteModelVersionRequest;
import io.ilteo.proto.model.v1.DeleteModelVersionResponse;
import io.ilteo.proto.model.v1.GetModelVersionRequest;
import io.ilteo.proto.model.v1.GetModelVersionResponse;
import io.ilteo.proto.model.v1.ListAliasEventsRequest;
import io.ilteo.proto.model.v1.ListAliasEventsResponse;
import io.ilteo.proto.model.v1.ListAliasesRequest;
import io.ilteo.proto.model.v1.ListAliasesResponse;
import io.ilteo.proto.model.v1.ListModelVersionsRequest;
import io.ilteo.proto.model.v1.ListModelVersionsResponse;
import io.ilteo.proto.model.v1.ModelRegistryServiceGrpc;
import io.ilteo.proto.model.v1.ModelVersion;
import io.ilteo.proto.model.v1.RegisterModelVersionRequest;
import io.ilteo.proto.model.v1.RegisterModelVersionResponse;
import io.ilteo.proto.model.v1.RollBackAliasRequest;
import io.ilteo.proto.model.v1.RollBackAliasResponse;
import io.ilteo.proto.model.v1.SetAliasRequest;
import io.ilteo.proto.model.v1.SetAliasResponse;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.servicekit.grpc.Calls;
import io.ilteo.servicekit.security.Caller;
import io.quarkus.grpc.GrpcService;
import java.util.List;

/** {@code ilteo.model.v1.ModelRegistryService}, the same for every task. */
@GrpcService
public class ModelRegistryGrpc extends ModelRegistryServiceGrpc.ModelRegistryServiceImplBase {
  private static final int DEFAULT_PAGE = 100;
  private static final int MAX_PAGE = 1_000;

  private final ModelVersions versions;
  private final Aliases aliases;
  private final Registrations registrations;

  public ModelRegistryGrpc(ModelVersions versions, Aliases aliases, Registrations registrations) {
    this.registrations = registrations;
    this.versions = versions;
    this.aliases = aliases;
  }

  @Override
  public void registerModelVersion(
      RegisterModelVersionRequest request, StreamObserver<RegisterModelVersionResponse> observer) {
    Calls.unary(
        observer,
        () ->
            RegisterModelVersionResponse.newBuilder()
                .setModelVersion(registrations.register(request.getCandidatesList()))
                .build());
  }

  @Override
  public void getModelVersion(
      GetModelVersionRequest request, StreamObserver<GetModelVersionResponse> observer) {
    Calls.unary(
        observer,
        () ->
            GetModelVersionResponse.newBuilder()
                .setModelVersion(versions.get(request.getName()))
                .build());
  }

  @Override
  public void listModelVersions(
      ListModelVersionsRequest request, StreamObserver<ListModelVersionsResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          int size = pageSize(request.getPageSize());
          List<ModelVersion> page = versions.list(size, before(request.getPageToken()));
          ListModelVersionsResponse.Builder response =
              ListModelVersionsResponse.newBuilder().addAllModelVersions(page);
          if (page.size() == size) {
            response.setNextPageToken(Long.toString(versions.number(page.getLast().getName())));
          }
          return response.build();
        });
  }

  @Override
  public void setAlias(SetAliasRequest request, StreamObserver<SetAliasResponse> observer) {
    Calls.unary(
        observer,
        () ->
            SetAliasResponse.newBuilder()
                .setAlias(
                    aliases.set(
                        request.getAlias(),
                        request.getModelVersion(),
                        request.getExpectedCurrent(),
                        Caller.current().name(),
                        request.getReason()))
                .build());
  }

  @Override
  public void rollBackAlias(
      RollBackAliasRequest request, StreamObserver<RollBackAliasResponse> observer) {
    Calls.unary(
        observer,
        () ->
            RollBackAliasResponse.newBuilder()
                .setAlias(
                    aliases.rollBack(
                        request.getAlias(), Caller.current().name(), request.getReason()))
                .build());
  }

  @Override
  public void listAliases(
      ListAliasesRequest request, StreamObserver<ListAliasesResponse> observer) {
    Calls.unary(
        observer, () -> ListAliasesResponse.newBuilder().addAllAliases(aliases.list()).build());
  }

  @Override
  public void listAliasEvents(
      ListAliasEventsRequest request, StreamObserver<ListAliasEventsResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          int size = pageSize(request.getPageSize());
          Aliases.Events page =
              aliases.events(request.getAlias(), size, before(request.getPageToken()));
          ListAliasEventsResponse.Builder response =
              ListAliasEventsResponse.newBuilder().addAllEvents(page.events());
          if (page.events().size() == size) {
            response.setNextPageToken(Long.toString(page.lastId()));
          }
          return response.build();
        });
  }

  @Override
  public void deleteModelVersion(
      DeleteModelVersionRequest request, StreamObserver<DeleteModelVersionResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          versions.delete(request.getName());
          return DeleteModelVersionResponse.getDefaultInstance();
        });
  }

  private static int pageSize(int given) {
    if (given < 0 || given > MAX_PAGE) {
      throw new InvalidArgument("page_size is %d; 1 to 1000, or 0 for 100".formatted(given));
    }
    return given == 0 ? DEFAULT_PAGE : given;
  }

  private static long before(String token) {
    if (token.isEmpty()) {
      return Long.MAX_VALUE;
    }
    try {
      return Long.parseLong(token);
    } catch (NumberFormatException notOurs) {
      throw new InvalidArgument("page_token is not one that this service gave");
    }
  }
}
