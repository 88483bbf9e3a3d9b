package io.ilteo.tuner;

import io.ilteo.servicekit.jdbc.Transactions;
import io.ilteo.servicekit.security.TlsIdentity;
import io.ilteo.servicekit.tracing.Traces;
import io.ilteo.tuner.application.ModelServices;
import io.ilteo.tuner.application.Promotion;
import io.ilteo.tuner.application.Proposals;
import io.ilteo.tuner.application.Pruning;
import io.ilteo.tuner.application.Stopping;
import io.ilteo.tuner.application.StudyCreation;
import io.ilteo.tuner.application.StudyLifecycle;
import io.ilteo.tuner.application.StudyStore;
import io.ilteo.tuner.application.TrialQueue;
import io.ilteo.tuner.application.TrialReader;
import io.ilteo.tuner.application.TrialRecord;
import io.ilteo.tuner.application.TrialWork;
import io.ilteo.tuner.application.WarmStart;
import io.ilteo.tuner.dispatch.Dispatcher;
import io.ilteo.tuner.dispatch.GrpcModelServices;
import io.ilteo.tuner.persistence.PgStudyStore;
import io.ilteo.tuner.persistence.PgTrialQueue;
import io.ilteo.tuner.persistence.PgTrialReader;
import io.ilteo.tuner.persistence.PgTrialRecord;
import io.ilteo.tuner.report.Reports;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import javax.sql.DataSource;

/** Puts the tuner together: the only place that knows which adapter serves which port. */
@Singleton
public class TunerBeans {
  @Produces
  @Singleton
  Transactions transactions(DataSource dataSource) {
    return new Transactions(dataSource);
  }

  @Produces
  @Singleton
  StudyStore studies(Transactions transactions) {
    return new PgStudyStore(transactions);
  }

  @Produces
  @Singleton
  TrialQueue queue(Transactions transactions) {
    return new PgTrialQueue(transactions);
  }

  @Produces
  @Singleton
  TrialRecord record(Transactions transactions) {
    return new PgTrialRecord(transactions);
  }

  @Produces
  @Singleton
  TrialReader reader(Transactions transactions) {
    return new PgTrialReader(transactions);
  }

  @Produces
  @Singleton
  GrpcModelServices modelServices(TunerConfig config, TlsIdentity identity, Traces traces) {
    return new GrpcModelServices(
        config.modelServices(), identity.clientCredentials(), traces.calls());
  }

  void close(@Disposes ModelServices services) {
    if (services instanceof GrpcModelServices grpc) {
      grpc.close();
    }
  }

  @Produces
  @Singleton
  WarmStart warmStart(StudyStore studies, TrialReader trials, TrialRecord record) {
    return new WarmStart(studies, trials, record);
  }

  @Produces
  @Singleton
  Promotion promotion(StudyStore studies, TrialReader trials, ModelServices services) {
    return new Promotion(studies, trials, services);
  }

  @Produces
  @Singleton
  StudyCreation creation(StudyStore studies, ModelServices services, WarmStart warmStart) {
    return new StudyCreation(studies, services, warmStart);
  }

  @Produces
  @Singleton
  StudyLifecycle lifecycle(StudyStore studies, TrialQueue queue, WarmStart warmStart) {
    return new StudyLifecycle(studies, queue, warmStart);
  }

  @Produces
  @Singleton
  TrialQueue.Proposer proposer() {
    return new Proposals();
  }

  @Produces
  @Singleton
  Reports reports(StudyStore studies, TrialReader trials, ModelServices services) {
    return new Reports(studies, trials, services);
  }

  @Produces
  @Singleton
  Stopping stopping(StudyStore studies, TrialReader trials) {
    return new Stopping(studies, trials);
  }

  @Produces
  @Singleton
  TrialWork work(
      StudyStore studies,
      TrialQueue queue,
      TrialReader trials,
      TrialQueue.Proposer proposer,
      Stopping stopping) {
    return new TrialWork(studies, queue, proposer, new Pruning(trials, queue), stopping);
  }

  @Produces
  @Singleton
  Dispatcher dispatcher(
      TunerConfig config,
      StudyStore studies,
      TrialQueue queue,
      TrialWork work,
      Stopping stopping,
      ModelServices services,
      Traces traces) {
    String replica = "tuner-" + ProcessHandle.current().pid();
    return new Dispatcher(
        replica,
        new Dispatcher.Limits(config.dispatchLease(), config.dispatchMaxRuns()),
        studies,
        queue,
        work,
        stopping,
        services,
        traces);
  }

  void start(@Observes StartupEvent event, TunerConfig config, Dispatcher dispatcher) {
    if (config.dispatch()) {
      dispatcher.start();
    }
  }

  void stop(
      @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event,
      Dispatcher dispatcher) {
    dispatcher.close();
  }
}
