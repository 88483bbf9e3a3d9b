package io.ilteo.cli.command;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.ilteo.cli.client.NewToken;
import io.ilteo.cli.client.Services;
import io.ilteo.cli.platform.Service;
import io.ilteo.proto.security.v1.CreateTokenRequest;
import io.ilteo.proto.security.v1.ListTokensRequest;
import io.ilteo.proto.security.v1.RevokeTokenRequest;
import io.ilteo.proto.security.v1.Role;
import io.ilteo.proto.security.v1.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes, lists and revokes API tokens: on every service, since each keeps its own list. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description =
        "Makes, lists and revokes API tokens, on all three services. Needs the role admin.",
    subcommands = {
      TokenCommand.Create.class,
      TokenCommand.Listing.class,
      TokenCommand.Revoke.class
    },
    footer = {
      "",
      "Which services, and as whom: ILTEO_SERVER_TUNER, ILTEO_SERVER_WAGE, ILTEO_SERVER_SATISFACTION",
      "(host:port), ILTEO_CA (PEM file or \"system\"), ILTEO_TOKEN or ILTEO_TOKEN_FILE.",
      "",
      "Examples:",
      "  ./ilteo token create notebook --role operator --expires 90d",
      "  ./ilteo token list --json",
      "  ./ilteo token revoke 0123456789ab"
    })
final class TokenCommand implements Runnable {
  @Spec private @org.jspecify.annotations.Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(),
        "Which command? There are create, list and revoke.");
  }

  /** What a caller may do. */
  enum RoleName {
    VIEWER(Role.ROLE_VIEWER),
    OPERATOR(Role.ROLE_OPERATOR),
    ADMIN(Role.ROLE_ADMIN);

    private final Role role;

    RoleName(Role role) {
      this.role = role;
    }
  }

  /** Makes a token. */
  @Command(
      name = "create",
      description = {
        "Makes a token and prints it, once: no service knows more of it than a hash.",
        "If one service refuses, none keeps it."
      })
  static final class Create extends PlatformCommand {
    private static final Pattern TIME = Pattern.compile("([1-9]\\d{0,4})([hd])");

    @Parameters(paramLabel = "NAME", description = "Who uses it: the actor in the audit log.")
    private String name = "";

    @Option(
        names = "--role",
        required = true,
        description = "viewer (read, predict), operator (import, train, tune) or admin.")
    private RoleName role = RoleName.VIEWER;

    @Option(
        names = "--expires",
        paramLabel = "TIME",
        description = "After so many days or hours, e.g. 90d or 12h. Without it: never.")
    private String expires = "";

    @Override
    public Integer call() {
      NewToken made = NewToken.random();
      CreateTokenRequest.Builder request =
          CreateTokenRequest.newBuilder()
              .setId(made.id())
              .setName(name)
              .setRole(role.role)
              .setSecretSha256(ByteString.copyFrom(made.secretSha256()));
      if (!expires.isEmpty()) {
        request.setExpireTime(timestamp(Instant.now().plus(lifetime())));
      }
      List<Service> told = new ArrayList<>();
      try (Services services = services()) {
        try {
          for (Service service : Service.values()) {
            services.tokens(service).createToken(request.build());
            told.add(service);
          }
        } catch (StatusRuntimeException refused) {
          takeBack(services, told, made.id());
          throw refused;
        }
      }
      if (json) {
        printJson(
            Map.of(
                "id",
                made.id(),
                "name",
                name,
                "role",
                role.name().toLowerCase(Locale.ROOT),
                "token",
                made.text()));
      } else {
        out().println(made.text());
        err()
            .println(
                "Keep it now: it is not shown again. Revoke: ./ilteo token revoke " + made.id());
      }
      return 0;
    }

    private Duration lifetime() {
      Matcher time = TIME.matcher(expires);
      if (!time.matches()) {
        throw wrongUsage("--expires is \"" + expires + "\"; a time is like 90d or 12h");
      }
      int amount = Integer.parseInt(time.group(1));
      return time.group(2).equals("d") ? Duration.ofDays(amount) : Duration.ofHours(amount);
    }

    private static Timestamp timestamp(Instant instant) {
      return Timestamp.newBuilder().setSeconds(instant.getEpochSecond()).build();
    }

    private void takeBack(Services services, List<Service> told, String id) {
      for (Service service : told) {
        try {
          services.tokens(service).revokeToken(RevokeTokenRequest.newBuilder().setId(id).build());
        } catch (StatusRuntimeException alsoRefused) {
          err().printf("ilteo: %s still knows token %s; revoke it later%n", service.id(), id);
        }
      }
    }
  }

  /** Lists tokens. */
  @Command(name = "list", description = "Lists tokens, newest first, and which services know them.")
  static final class Listing extends PlatformCommand {
    /** A token and the services that know it. */
    private record Known(Token token, List<String> services) {}

    @Override
    public Integer call() {
      Map<String, Known> tokens = new LinkedHashMap<>();
      try (Services services = services()) {
        for (Service service : Service.values()) {
          for (Token token :
              services
                  .tokens(service)
                  .listTokens(ListTokensRequest.getDefaultInstance())
                  .getTokensList()) {
            tokens
                .computeIfAbsent(token.getId(), id -> new Known(token, new ArrayList<>()))
                .services()
                .add(service.id());
          }
        }
      }
      Instant now = Instant.now();
      tokens.values().forEach(known -> print(known, now));
      return 0;
    }

    private void print(Known known, Instant now) {
      Token token = known.token();
      String role = StudyCommand.word(token.getRole().name(), "ROLE_");
      String expires = token.hasExpireTime() ? Timestamps.toString(token.getExpireTime()) : "";
      String state = state(token, now);
      if (json) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", token.getId());
        row.put("name", token.getName());
        row.put("role", role);
        row.put("state", state);
        row.put("created", Timestamps.toString(token.getCreateTime()));
        row.put("expires", expires);
        row.put("services", known.services());
        printJson(row);
        return;
      }
      out()
          .printf(
              "%s  %-8s  %-7s  %-20s  %s  %s%n",
              token.getId(),
              role,
              state,
              expires.isEmpty() ? "never expires" : expires,
              String.join(",", known.services()),
              token.getName());
    }

    private static String state(Token token, Instant now) {
      if (token.hasRevokeTime()) {
        return "revoked";
      }
      return token.hasExpireTime() && token.getExpireTime().getSeconds() <= now.getEpochSecond()
          ? "expired"
          : "good";
    }
  }

  /** Revokes a token. */
  @Command(
      name = "revoke",
      description = {
        "Ends a token on every service within five seconds.",
        "Services that do not answer are named (exit code 5); run it again when they do."
      })
  static final class Revoke extends PlatformCommand {
    @Parameters(paramLabel = "ID", description = "12 hexadecimal digits: the word after ilteo_.")
    private String id = "";

    @Override
    public Integer call() {
      int ended = 0;
      List<StatusRuntimeException> failures = new ArrayList<>();
      try (Services services = services()) {
        RevokeTokenRequest request =
            RevokeTokenRequest.newBuilder().setId(id.toLowerCase(Locale.ROOT)).build();
        for (Service service : Service.values()) {
          ended += attempt(failures, service, each -> services.tokens(each).revokeToken(request));
        }
      }
      // A service that never knew it is no trouble, unless none did.
      if (ended > 0) {
        failures.removeIf(each -> each.getStatus().getCode() == Status.Code.NOT_FOUND);
      }
      if (!failures.isEmpty()) {
        throw failures.getFirst();
      }
      if (json) {
        printJson(Map.of("id", id, "revoked_on", ended));
      } else {
        out().printf("token %s is revoked on %d services%n", id, ended);
      }
      return 0;
    }

    private int attempt(
        List<StatusRuntimeException> failures, Service service, Consumer<Service> call) {
      try {
        call.accept(service);
        return 1;
      } catch (StatusRuntimeException failure) {
        if (failure.getStatus().getCode() == Status.Code.NOT_FOUND) {
          failures.addLast(failure);
        } else {
          err().printf("ilteo: %s-service did not revoke it%n", service.id());
          failures.addFirst(failure);
        }
        return 0;
      }
    }
  }
}
