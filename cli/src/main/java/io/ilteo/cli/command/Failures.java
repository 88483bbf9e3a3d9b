package io.ilteo.cli.command;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.ilteo.cli.client.Statuses;
import io.ilteo.cli.platform.PlatformException;
import io.ilteo.localpostgres.LocalPostgresException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells a failure in one line on standard error, and turns it into an exit code. */
public final class Failures implements IExecutionExceptionHandler {
  /** Something went wrong that no other code names. */
  public static final int FAILED = 1;

  /** The command line itself is wrong. */
  public static final int USAGE = 2;

  /** What was sent is wrong: a file, a mapping, a value. */
  public static final int INVALID_INPUT = 3;

  /** The thing named does not exist. */
  public static final int NOT_FOUND = 4;

  /** A service does not answer. */
  public static final int UNAVAILABLE = 5;

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) {
    commandLine.getErr().println("ilteo: " + line(failure));
    if (System.getenv("ILTEO_TRACE") != null) {
      failure.printStackTrace(commandLine.getErr());
    }
    return code(failure);
  }

  /** The failure as one line for a person. */
  public static String line(Throwable failure) {
    return switch (failure) {
      case StatusRuntimeException status -> describe(status.getStatus());
      case PlatformException known -> String.valueOf(known.getMessage());
      case LocalPostgresException known -> String.valueOf(known.getMessage());
      case java.nio.file.NoSuchFileException missing -> "no such file: " + missing.getFile();
      case java.io.IOException io -> "cannot read or write: " + io.getMessage();
      default -> Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    };
  }

  private static String describe(Status status) {
    return status.getCode() == Status.Code.UNAVAILABLE
        ? "a service does not answer ("
            + Statuses.reason(status)
            + "); ./ilteo status tells which, ./ilteo up starts it"
        : Statuses.reason(status) + " [" + status.getCode() + "]";
  }

  private static int code(Throwable failure) {
    if (failure instanceof StatusRuntimeException status) {
      return switch (status.getStatus().getCode()) {
        case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE, ALREADY_EXISTS -> INVALID_INPUT;
        case NOT_FOUND -> NOT_FOUND;
        case UNAVAILABLE, DEADLINE_EXCEEDED -> UNAVAILABLE;
        default -> FAILED;
      };
    }
    return failure instanceof java.nio.file.NoSuchFileException ? NOT_FOUND : FAILED;
  }
}
