package io.ilteo.modelkit.hosting.prediction;

import io.ilteo.modelkit.hosting.ModelServiceConfig;
import io.ilteo.modelkit.registry.Aliases;
import io.ilteo.modelkit.registry.ModelVersions;
import io.ilteo.modelkit.training.ModelTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** Puts together what answers for persons. */
@Singleton
public class PredictionBeans {
  @Produces
  @Singleton
  ServedModels servedModels(
      ModelTask task, ModelVersions versions, Aliases aliases, ModelServiceConfig config) {
    return new ServedModels(task, versions, aliases, config.predictionThreads());
  }

  @Produces
  @Singleton
  Predictions predictions(ServedModels models, ModelTask task, ModelServiceConfig config) {
    return new Predictions(models, task.defaultCoverage(), config.predictionThreads());
  }

  @Produces
  @Singleton
  AliasWatch aliasWatch(
      ServedModels models,
      @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
      @ConfigProperty(name = "quarkus.datasource.username") String user,
      @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password,
      @ConfigProperty(name = "quarkus.datasource.jdbc.additional-jdbc-properties.currentSchema")
          String schema) {
    PGSimpleDataSource own = new PGSimpleDataSource();
    own.setUrl(url);
    own.setUser(user);
    own.setPassword(password.orElse(""));
    own.setCurrentSchema(schema);
    own.setApplicationName(AliasWatch.SESSION);
    own.setTcpKeepAlive(true);
    return new AliasWatch(own, models::refresh);
  }

  void start(@Observes StartupEvent event, AliasWatch watch) {
    watch.start();
  }

  void stop(@Observes ShutdownEvent event, AliasWatch watch, Predictions predictions) {
    watch.close();
    predictions.close();
  }
}
