package io.ilteo.modelkit.hosting;

import io.ilteo.modelkit.panel.feature.TensorCache;
import io.ilteo.modelkit.panel.store.PanelStore;
import io.ilteo.modelkit.panel.store.PgPanelStore;
import io.ilteo.modelkit.registry.Aliases;
import io.ilteo.modelkit.registry.EvaluationRecords;
import io.ilteo.modelkit.registry.ModelVersions;
import io.ilteo.modelkit.registry.Retention;
import io.ilteo.modelkit.training.ModelTask;
import io.ilteo.proto.model.v1.Direction;
import io.ilteo.proto.model.v1.Task;
import io.ilteo.servicekit.jdbc.Transactions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Puts a model service together around its {@link ModelTask}. */
@Singleton
public class HostingBeans {
  @Produces
  @Singleton
  Transactions transactions(DataSource dataSource) {
    return new Transactions(dataSource);
  }

  @Produces
  @Singleton
  PanelStore panels(Transactions transactions) {
    return new PgPanelStore(transactions);
  }

  @Produces
  @Singleton
  TrainingStore trainingStore(Transactions transactions) {
    return new TrainingStore(transactions);
  }

  @Produces
  @Singleton
  PreparedPanels preparedPanels(PanelStore panels, ModelTask task, ModelServiceConfig config) {
    return new PreparedPanels(panels, task, config.preparedPanels(), tensorCache(config));
  }

  private static @Nullable TensorCache tensorCache(ModelServiceConfig config) {
    if (config.tensorFolder().isEmpty()) {
      return null;
    }
    Path folder = config.tensorFolder().get();
    try {
      return new TensorCache(folder, config.maxTensorBytes(), Clock.systemUTC());
    } catch (IOException failure) {
      throw new IllegalStateException(
          "ilteo.model.tensor-folder: %s cannot be made: %s"
              .formatted(folder, failure.getMessage()),
          failure);
    }
  }

  @Produces
  @Singleton
  TrainingSlots slots(ModelServiceConfig config) {
    return new TrainingSlots(
        config.trainingCapacity().orElse(Runtime.getRuntime().availableProcessors()),
        config.trainingNiceness(),
        config.trainingDrain());
  }

  @Produces
  @Singleton
  Replica replica(
      ModelServiceConfig config,
      @ConfigProperty(name = "quarkus.grpc.server.port") int port,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    return new Replica(config.replicaHost() + ":" + port, version);
  }

  @Produces
  @Singleton
  ModelVersions modelVersions(Transactions transactions, ModelTask task) {
    return new ModelVersions(transactions, task.description().getName());
  }

  @Produces
  @Singleton
  Aliases aliases(Transactions transactions, ModelTask task) {
    return new Aliases(transactions, task.description().getName());
  }

  @Produces
  @Singleton
  ScoringThread scoringThread(ModelServiceConfig config) {
    return new ScoringThread(config.trainingNiceness());
  }

  @Produces
  @Singleton
  Evaluations evaluations(
      ModelTask task,
      PreparedPanels panels,
      ModelVersions versions,
      Transactions transactions,
      ScoringThread thread) {
    return new Evaluations(task, panels, versions, new EvaluationRecords(transactions), thread);
  }

  @Produces
  @Singleton
  Importances importances(
      ModelTask task, PreparedPanels panels, ModelVersions versions, ScoringThread thread) {
    return new Importances(task, panels, versions, thread);
  }

  @Produces
  @Singleton
  Registrations registrations(
      ModelTask task, PreparedPanels panels, ModelVersions versions, ScoringThread thread) {
    return new Registrations(task, panels, versions, thread);
  }

  @Produces
  @Singleton
  RetentionSchedule retention(Transactions transactions, ModelTask task, RetentionConfig config) {
    Task description = task.description();
    boolean minimize =
        description.getMetricsList().stream()
            .filter(metric -> metric.getName().equals(description.getPrimaryMetric()))
            .anyMatch(metric -> metric.getDirection() == Direction.DIRECTION_MINIMIZE);
    return new RetentionSchedule(
        new Retention(
            transactions,
            description.getPrimaryMetric(),
            minimize,
            config.bestPerStudy(),
            config.minAge(),
            config.checkpointAge()));
  }

  void start(@Observes StartupEvent event, RetentionSchedule retention, RetentionConfig config) {
    retention.start(config.every());
  }

  /** Before open calls are awaited: Train calls end with this. */
  void drain(
      @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event,
      TrainingSlots slots) {
    slots.close();
  }

  void stop(@Observes ShutdownEvent event, ScoringThread scoring, RetentionSchedule retention) {
    retention.close();
    scoring.close();
  }
}
