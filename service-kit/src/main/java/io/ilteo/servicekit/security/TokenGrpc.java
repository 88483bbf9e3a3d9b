package io.ilteo.servicekit.security;

import com.google.protobuf.Timestamp;
import io.grpc.stub.StreamObserver;
import io.ilteo.proto.security.v1.CreateTokenRequest;
import io.ilteo.proto.security.v1.CreateTokenResponse;
import io.ilteo.proto.security.v1.ListTokensRequest;
import io.ilteo.proto.security.v1.ListTokensResponse;
import io.ilteo.proto.security.v1.RevokeTokenRequest;
import io.ilteo.proto.security.v1.RevokeTokenResponse;
import io.ilteo.proto.security.v1.Token;
import io.ilteo.proto.security.v1.TokenServiceGrpc;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.servicekit.grpc.Calls;
import io.quarkus.grpc.GrpcService;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** {@code ilteo.security.v1.TokenService}, the same on every server. */
@GrpcService
public class TokenGrpc extends TokenServiceGrpc.TokenServiceImplBase {
  private static final Logger LOG = Logger.getLogger(TokenGrpc.class);

  private final Gate gate;

  TokenGrpc(Gate gate) {
    this.gate = gate;
  }

  @Override
  public void createToken(
      CreateTokenRequest request, StreamObserver<CreateTokenResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          ApiToken token = token(request);
          gate.tokens().create(token, Caller.current().name());
          gate.tokensChanged();
          LOG.infof(
              "%s made token %s (%s, %s)",
              Caller.current().name(), token.id(), token.name(), token.role());
          return CreateTokenResponse.newBuilder().setToken(find(token.id())).build();
        });
  }

  @Override
  public void listTokens(ListTokensRequest request, StreamObserver<ListTokensResponse> observer) {
    Calls.unary(
        observer,
        () ->
            ListTokensResponse.newBuilder()
                .addAllTokens(gate.tokens().list().stream().map(TokenGrpc::message).toList())
                .build());
  }

  @Override
  public void revokeToken(
      RevokeTokenRequest request, StreamObserver<RevokeTokenResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          TokenStore.Row row = gate.tokens().revoke(request.getId(), Caller.current().name());
          gate.tokensChanged();
          LOG.infof("%s revoked token %s", Caller.current().name(), request.getId());
          return RevokeTokenResponse.newBuilder().setToken(message(row)).build();
        });
  }

  private Token find(String id) {
    List<TokenStore.Row> rows = gate.tokens().list();
    return rows.stream()
        .filter(row -> row.token().id().equals(id))
        .findFirst()
        .map(TokenGrpc::message)
        .orElseThrow();
  }

  private static ApiToken token(CreateTokenRequest request) {
    if (!request.getId().matches("[0-9a-f]{12}")) {
      throw new InvalidArgument("id must be 12 lower-case hexadecimal digits");
    }
    if (request.getName().isBlank() || request.getName().length() > 64) {
      throw new InvalidArgument("name must have 1 to 64 characters");
    }
    if (request.getSecretSha256().size() != 32) {
      throw new InvalidArgument(
          "secret_sha256 has %d bytes; a SHA-256 has 32"
              .formatted(request.getSecretSha256().size()));
    }
    Optional<Instant> expiry =
        request.hasExpireTime() ? Optional.of(instant(request.getExpireTime())) : Optional.empty();
    return new ApiToken(
        request.getId(),
        request.getName(),
        role(request),
        request.getSecretSha256().toByteArray(),
        expiry,
        Optional.empty());
  }

  private static Role role(CreateTokenRequest request) {
    return switch (request.getRole()) {
      case ROLE_VIEWER -> Role.VIEWER;
      case ROLE_OPERATOR -> Role.OPERATOR;
      case ROLE_ADMIN -> Role.ADMIN;
      case ROLE_UNSPECIFIED, UNRECOGNIZED ->
          throw new InvalidArgument("role must be ROLE_VIEWER, ROLE_OPERATOR or ROLE_ADMIN");
    };
  }

  private static Instant instant(Timestamp time) {
    try {
      return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    } catch (java.time.DateTimeException outOfRange) {
      throw new InvalidArgument("expire_time is out of range");
    }
  }

  private static Token message(TokenStore.Row row) {
    ApiToken token = row.token();
    Token.Builder message =
        Token.newBuilder()
            .setId(token.id())
            .setName(token.name())
            .setRole(
                switch (token.role()) {
                  case VIEWER -> io.ilteo.proto.security.v1.Role.ROLE_VIEWER;
                  case OPERATOR -> io.ilteo.proto.security.v1.Role.ROLE_OPERATOR;
                  case ADMIN -> io.ilteo.proto.security.v1.Role.ROLE_ADMIN;
                })
            .setCreateTime(timestamp(row.createdAt()));
    token.expiresAt().ifPresent(end -> message.setExpireTime(timestamp(end)));
    token.revokedAt().ifPresent(end -> message.setRevokeTime(timestamp(end)));
    return message.build();
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
