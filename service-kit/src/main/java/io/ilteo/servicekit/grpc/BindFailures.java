package io.ilteo.servicekit.grpc;

import io.ilteo.servicekit.error.RefusedStart;
import io.quarkus.logging.LoggingFilter;
import io.quarkus.runtime.QuarkusBindException;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/** Keeps stack traces of what is said in one line out of the log: a taken port, a refused start. */
@LoggingFilter(name = "bind-failures")
final class BindFailures implements Filter {
  @Override
  public boolean isLoggable(LogRecord record) {
    Throwable thrown = record.getThrown();
    return !(thrown instanceof QuarkusBindException || thrown instanceof RefusedStart);
  }
}
