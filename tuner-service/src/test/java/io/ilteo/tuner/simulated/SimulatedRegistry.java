package io.ilteo.tuner.simulated;

import io.grpc.stub.StreamObserver;
import io.ilteo.proto.model.v1.Alias;
import io.ilteo.proto.model.v1.ModelRegistryServiceGrpc;
import io.ilteo.proto.model.v1.ModelVersion;
import io.ilteo.proto.model.v1.RegisterModelVersionRequest;
import io.ilteo.proto.model.v1.RegisterModelVersionResponse;
import io.ilteo.proto.model.v1.SetAliasRequest;
import io.ilteo.proto.model.v1.SetAliasResponse;
import io.ilteo.servicekit.error.DomainException.Unavailable;
import io.ilteo.servicekit.grpc.Calls;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The versions and aliases of a {@link SimulatedTask}, in memory. */
public final class SimulatedRegistry extends ModelRegistryServiceGrpc.ModelRegistryServiceImplBase {
  private final Map<List<String>, String> versions = new ConcurrentHashMap<>();
  private final Map<String, String> aliases = new ConcurrentHashMap<>();
  private volatile boolean refusesAliases;

  /** The version that each alias points at. */
  public Map<String, String> aliases() {
    return Map.copyOf(aliases);
  }

  /** Whether aliases cannot be set from now on. */
  public void refuseAliases(boolean refuses) {
    refusesAliases = refuses;
  }

  @Override
  public void registerModelVersion(
      RegisterModelVersionRequest request, StreamObserver<RegisterModelVersionResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          String name =
              versions.computeIfAbsent(
                  request.getCandidatesList(),
                  added -> "models/simulated/versions/" + (versions.size() + 1));
          return RegisterModelVersionResponse.newBuilder()
              .setModelVersion(ModelVersion.newBuilder().setName(name))
              .build();
        });
  }

  @Override
  public void setAlias(SetAliasRequest request, StreamObserver<SetAliasResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          if (refusesAliases) {
            throw new Unavailable("no alias can be set now");
          }
          aliases.put(request.getAlias(), request.getModelVersion());
          return SetAliasResponse.newBuilder()
              .setAlias(
                  Alias.newBuilder()
                      .setAlias(request.getAlias())
                      .setModelVersion(request.getModelVersion()))
              .build();
        });
  }
}
