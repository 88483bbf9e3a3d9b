package io.ilteo.servicekit.jdbc;

import io.ilteo.servicekit.error.RefusedStart;
import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Stops a program that meets a schema newer than it knows. Flyway by itself would let it go on, and
 * it would write rows as they were before the upgrade.
 */
@Singleton
public class NewerSchema extends BaseCallback implements FlywayConfigurationCustomizer {
  @Override
  public void customize(FluentConfiguration configuration) {
    // Validation fails on what it does not know, with words that help nobody: those follow here.
    configuration.ignoreMigrationPatterns(new String[0]).callbacks(this);
  }

  /**
   * Only a validation that failed is worth a second look: it costs connections and a start time.
   */
  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.AFTER_VALIDATE_ERROR;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    Flyway asking =
        Flyway.configure(context.getConfiguration().getClassLoader())
            .configuration(context.getConfiguration())
            .callbacks(new Callback[0])
            .load();
    String schema = String.join(", ", context.getConfiguration().getSchemas());
    refuse(schema, List.of(asking.info().all()));
  }

  private static void refuse(String schema, List<MigrationInfo> migrations) {
    boolean newer = migrations.stream().anyMatch(NewerSchema::isOfTheFuture);
    if (newer) {
      throw new RefusedStart(
          "schema %s is at version %s, newer than the %s that this program knows; start a newer program, or restore a backup from before the upgrade."
              .formatted(
                  schema.isEmpty() ? "of the database" : schema,
                  newest(migrations.stream().filter(NewerSchema::isOfTheFuture).toList()),
                  newest(migrations.stream().filter(m -> !isOfTheFuture(m)).toList())));
    }
  }

  private static boolean isOfTheFuture(MigrationInfo migration) {
    return migration.getState() == MigrationState.FUTURE_SUCCESS
        || migration.getState() == MigrationState.FUTURE_FAILED;
  }

  private static String newest(List<MigrationInfo> migrations) {
    return migrations.stream()
        .map(MigrationInfo::getVersion)
        .filter(Objects::nonNull)
        .max(MigrationVersion::compareTo)
        .map(MigrationVersion::getVersion)
        .orElse("none");
  }
}
