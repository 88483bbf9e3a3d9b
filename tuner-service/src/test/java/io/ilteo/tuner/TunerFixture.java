package io.ilteo.tuner;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.proto.model.v1.Direction;
import io.ilteo.proto.search.v1.IntegerDomain;
import io.ilteo.proto.search.v1.ParameterSpec;
import io.ilteo.proto.search.v1.SearchSpace;
import io.ilteo.proto.tuner.v1.Objective;
import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.servicekit.jdbc.Transactions;
import io.ilteo.servicekit.tracing.Traces;
import io.ilteo.tuner.application.Change;
import io.ilteo.tuner.application.Proposals;
import io.ilteo.tuner.application.Pruning;
import io.ilteo.tuner.application.Stopping;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.StudyCreation;
import io.ilteo.tuner.application.StudyLifecycle;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.application.TrialReader;
import io.ilteo.tuner.application.TrialWork;
import io.ilteo.tuner.application.WarmStart;
import io.ilteo.tuner.dispatch.Dispatcher;
import io.ilteo.tuner.dispatch.GrpcModelServices;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.StudyState;
import io.ilteo.tuner.domain.study.Tags;
import io.ilteo.tuner.persistence.PgStudyStore;
import io.ilteo.tuner.persistence.PgTrialQueue;
import io.ilteo.tuner.persistence.PgTrialReader;
import io.ilteo.tuner.persistence.PgTrialRecord;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** A tuner replica without its servers, on a real PostgreSQL. */
public final class TunerFixture implements AutoCloseable {
  /** The change that tests make. */
  public static final Change TEST = new Change("test", "because a test wants it");

  private final AgroalDataSource dataSource;
  public final Transactions transactions;
  public final PgStudyStore studies;
  public final PgTrialQueue queue;
  public final PgTrialRecord record;
  public final PgTrialReader trials;
  public final GrpcModelServices services;
  public final Stopping stopping;
  public final TrialWork work;
  public final StudyCreation creation;
  public final StudyLifecycle lifecycle;

  /** A replica on {@code jdbcUrl}, which it migrates, with model services as the setting says. */
  public TunerFixture(String jdbcUrl, String user, String password, String modelServices)
      throws SQLException {
    this(jdbcUrl, user, password, modelServices, source -> source);
  }

  /** The same, reaching the database through what {@code around} makes of the pool. */
  public TunerFixture(
      String jdbcUrl,
      String user,
      String password,
      String modelServices,
      UnaryOperator<DataSource> around)
      throws SQLException {
    dataSource =
        AgroalDataSource.from(
            new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(
                    pool ->
                        pool.maxSize(12)
                            .acquisitionTimeout(Duration.ofSeconds(5))
                            .validateOnBorrow(true)
                            .connectionValidator(TunerFixture::answers)
                            .connectionFactoryConfiguration(
                                factory ->
                                    factory
                                        .jdbcUrl(jdbcUrl)
                                        .jdbcProperty("currentSchema", "tuner")
                                        .principal(new NamePrincipal(user))
                                        .credential(new SimplePassword(password)))));
    Flyway.configure()
        .dataSource(dataSource)
        .schemas("tuner")
        .locations("db/tuner")
        .load()
        .migrate();
    transactions = new Transactions(around.apply(dataSource));
    studies = new PgStudyStore(transactions);
    queue = new PgTrialQueue(transactions);
    record = new PgTrialRecord(transactions);
    trials = new PgTrialReader(transactions);
    services = new GrpcModelServices(modelServices);
    stopping = new Stopping(studies, trials);
    work = new TrialWork(studies, queue, new Proposals(), new Pruning(trials, queue), stopping);
    WarmStart warmStart = new WarmStart(studies, trials, record);
    creation = new StudyCreation(studies, services, warmStart);
    lifecycle = new StudyLifecycle(studies, queue, warmStart);
  }

  private static boolean answers(java.sql.Connection connection) {
    try {
      return connection.isValid(1);
    } catch (SQLException gone) {
      return false;
    }
  }

  /** A replica on a test database. */
  public static TunerFixture on(TestDatabase database, String modelServices) throws SQLException {
    return new TunerFixture(
        database.jdbcUrl(), database.user(), database.password(), modelServices);
  }

  /** Runs a statement on the replica's database. */
  public void execute(String sql) {
    transactions.run(
        connection -> {
          try (var statement = connection.createStatement()) {
            statement.execute(sql);
          }
        });
  }

  /** A dispatcher of this replica, not started. */
  public Dispatcher dispatcher(String name, Duration lease) {
    return new Dispatcher(
        name,
        new Dispatcher.Limits(lease, 64),
        studies,
        queue,
        work,
        stopping,
        services,
        Traces.off());
  }

  /** A study that runs. */
  public Study running(StudySpec spec) {
    Study study = creation.create("a test", spec, Tags.NONE, Optional.empty(), TEST);
    return lifecycle.start(study.id(), TEST);
  }

  /** Waits for the study to become what is wanted. */
  public Study await(StudyId id, Duration limit, Predicate<Study> wanted) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Study study = studies.get(id);
      if (wanted.test(study)) {
        return study;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "after %s %s is still %s %s: %s"
                .formatted(limit, id.name(), study.state(), study.progress(), study.stateReason()));
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** Waits for the study to end. */
  public Study awaitEnd(StudyId id, Duration limit) {
    return await(id, limit, study -> study.state().hasEnded());
  }

  /** Every trial of a study, by number. */
  public List<Trial> trials(StudyId id) {
    return trials
        .list(new TrialReader.Query(id, Set.of(), TrialReader.Order.NUMBER, false, 0, 100_000))
        .trials();
  }

  /** A spec of the simulated task. */
  public static StudySpec.Builder simulated(String architecture, int budget, int parallelism) {
    return StudySpec.newBuilder()
        .setTask("simulated")
        .setArchitecture(architecture)
        .setBudget(budget)
        .setParallelism(parallelism)
        .setMaxEpochs(4)
        .setSeed(7);
  }

  /** A study without a task, which the test asks and tells itself: the less loss, the better. */
  public static StudySpec.Builder driven(SearchSpace space) {
    return StudySpec.newBuilder()
        .setSearchSpace(space)
        .addObjectives(
            Objective.newBuilder().setMetric("loss").setDirection(Direction.DIRECTION_MINIMIZE));
  }

  /** As that, over one whole number from 1 to {@code max}. */
  public static StudySpec.Builder driven(int max) {
    IntegerDomain numbers = IntegerDomain.newBuilder().setMin(1).setMax(max).build();
    return driven(
        SearchSpace.newBuilder()
            .addParameters(ParameterSpec.newBuilder().setName("x").setIntegerDomain(numbers))
            .build());
  }

  /** Whether nothing more will happen. */
  public static boolean completed(Study study) {
    return study.state() == StudyState.COMPLETED;
  }

  @Override
  public void close() {
    services.close();
    dataSource.close();
  }
}
