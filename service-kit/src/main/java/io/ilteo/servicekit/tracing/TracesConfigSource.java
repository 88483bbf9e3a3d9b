package io.ilteo.servicekit.tracing;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Wakes the OpenTelemetry SDK where {@code ilteo.traces.endpoint} names a collector, and keeps it,
 * and the wrapper around JDBC, away everywhere else.
 */
public final class TracesConfigSource implements ConfigSourceFactory {
  private static final int ORDINAL = 275;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    ConfigValue endpoint = context.getValue("ilteo.traces.endpoint");
    String address = endpoint == null ? null : endpoint.getValue();
    boolean on = address != null && !address.isBlank();
    Map<String, String> settings =
        on
            ? Map.of(
                "quarkus.otel.sdk.disabled", "false",
                "quarkus.otel.exporter.otlp.endpoint", address,
                "quarkus.datasource.jdbc.telemetry.enabled", "true")
            : Map.of(
                "quarkus.otel.sdk.disabled", "true",
                "quarkus.datasource.jdbc.telemetry.enabled", "false");
    return List.of(new PropertiesConfigSource(settings, "ilteo traces", ORDINAL));
  }

  @Override
  public OptionalInt getPriority() {
    return OptionalInt.of(ORDINAL);
  }
}
