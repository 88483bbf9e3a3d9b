package io.ilteo.cli.platform;

import io.ilteo.localpostgres.PlatformDatabase;
import io.ilteo.localpostgres.PostgresBinaries;
import io.ilteo.localpostgres.PostgresCluster;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** PostgreSQL and services on this machine, started and stopped together. */
public final class Platform {
  private static final long NEEDED_DISK_BYTES = 300L << 20;

  private final Home home;
  private final List<Service> services;

  /** The whole platform. */
  public Platform(Home home) {
    this(home, List.of(Service.values()));
  }

  /** A part of it, for benchmarks. */
  Platform(Home home, List<Service> services) {
    this.home = home;
    this.services = services;
  }

  /** How one part of the platform is. */
  public record PartStatus(String name, String state, long pid, String address) {}

  /**
   * Starts what does not run; what runs is left alone. Telling {@code progress} each step.
   *
   * @throws PlatformException naming what is in the way
   */
  public void up(Consumer<String> progress) {
    locked(
        () -> {
          start(progress);
          return true;
        });
  }

  private <T> T locked(Supplier<T> work) {
    Path lockFile = home.subfolder("run").resolve("lock");
    try (RandomAccessFile file = new RandomAccessFile(lockFile.toFile(), "rw");
        FileChannel channel = file.getChannel();
        FileLock lock = channel.lock()) {
      if (!lock.isValid()) {
        throw new PlatformException(lockFile + " was lost.");
      }
      return work.get();
    } catch (IOException failure) {
      throw new PlatformException("Cannot lock " + lockFile + ": " + failure.getMessage());
    }
  }

  private void start(Consumer<String> progress) {
    requireDisk();
    PostgresCluster cluster = cluster();
    int port = home.port(PlatformPort.POSTGRES);
    progress.accept("PostgreSQL on port " + port);
    if (cluster.runningServer().isEmpty()) {
      new LogFile(log("postgresql")).rotate();
    }
    cluster.start(port);
    PlatformDatabase.create(port, cluster.superuserPassword(), home.subfolder("secrets"));
    List<ServiceProcess> started =
        services.stream()
            .map(
                service -> {
                  Replica replica = Replica.only(home, service);
                  ServiceProcess process = new ServiceProcess(home, replica);
                  progress.accept(service.id() + "-service on " + process.address());
                  process.start(environment(replica));
                  return process;
                })
            .toList();
    started.forEach(ServiceProcess::awaitReady);
  }

  /** PostgreSQL on this machine, while it runs. */
  public record DatabaseServer(int port, String superuserPassword, Path secrets) {
    /** A session of the superuser. */
    public Connection connect(String database) throws SQLException {
      return PlatformDatabase.connect(port, database, superuserPassword);
    }

    /** Creates a database with schemas and roles, where they are missing. */
    public void layOut(String database) {
      PlatformDatabase.create(port, superuserPassword, secrets, database);
    }

    /** The password of a schema's role. */
    public String password(String schema) {
      try {
        return PlatformDatabase.password(secrets, schema);
      } catch (IOException failure) {
        throw new PlatformException("Cannot read a secret: " + failure.getMessage());
      }
    }

    /** Never the password. */
    @Override
    public String toString() {
      return "PostgreSQL on port " + port;
    }
  }

  /** Work on the database. */
  @FunctionalInterface
  public interface DatabaseWork<T> {
    /** Does the work. */
    T on(DatabaseServer server) throws SQLException, IOException;
  }

  /**
   * Works on the database, which is started for it if it is down, and stopped again then. Nobody
   * starts the platform meanwhile.
   */
  public <T> T onDatabase(DatabaseWork<T> work) {
    return locked(
        () -> {
          requireDisk();
          PostgresCluster cluster = cluster();
          boolean wasUp = cluster.runningServer().isPresent();
          int port = home.port(PlatformPort.POSTGRES);
          cluster.start(port);
          try {
            DatabaseServer server =
                new DatabaseServer(port, cluster.superuserPassword(), home.subfolder("secrets"));
            server.layOut(PlatformDatabase.DATABASE);
            return work.on(server);
          } catch (SQLException failure) {
            throw new PlatformException("PostgreSQL: " + failure.getMessage());
          } catch (IOException failure) {
            throw new PlatformException("Cannot read or write: " + failure.getMessage());
          } finally {
            if (!wasUp) {
              cluster.stop();
            }
          }
        });
  }

  /** The services that run. */
  public List<String> runningServices() {
    return List.of(Service.values()).stream()
        .filter(
            service -> new ServiceProcess(home, Replica.only(home, service)).process().isPresent())
        .map(service -> service.id() + "-service")
        .toList();
  }

  /** Stops everything, servers before the database. */
  public void down() {
    for (Service service : List.of(Service.TUNER, Service.WAGE, Service.SATISFACTION)) {
      new ServiceProcess(home, Replica.only(home, service)).stop();
    }
    if (Files.exists(home.folder().resolve("postgres"))) {
      cluster().stop();
    }
  }

  /** How each part is. */
  public List<PartStatus> status() {
    List<PartStatus> parts = new java.util.ArrayList<>();
    String databaseAddress = "127.0.0.1:" + home.port(PlatformPort.POSTGRES);
    boolean hasDatabase = Files.exists(home.folder().resolve("postgres"));
    parts.add(
        (hasDatabase
                ? cluster().runningServer()
                : java.util.Optional.<io.ilteo.localpostgres.RunningServer>empty())
            .map(s -> new PartStatus("postgresql", "ready", s.pid(), "127.0.0.1:" + s.port()))
            .orElse(new PartStatus("postgresql", "down", 0, databaseAddress)));
    for (Service service : Service.values()) {
      ServiceProcess process = new ServiceProcess(home, Replica.only(home, service));
      long pid = process.process().map(ProcessHandle::pid).orElse(0L);
      String state = pid == 0 ? "down" : process.serves() ? "ready" : "not ready";
      parts.add(new PartStatus(service.id() + "-service", state, pid, process.address()));
    }
    return List.copyOf(parts);
  }

  /** Whether every part is ready. */
  public boolean isUp() {
    return status().stream().allMatch(part -> part.state().equals("ready"));
  }

  /**
   * The log file of a part: {@code postgresql}, {@code wage}, {@code satisfaction}, {@code tuner}.
   */
  public Path log(String part) {
    return part.equals("postgresql")
        ? home.folder().resolve("postgres/postgres.log")
        : home.subfolder("logs").resolve(part + ".log");
  }

  /** gRPC address of a service. */
  public String address(Service service) {
    return Replica.only(home, service).address();
  }

  private PostgresCluster cluster() {
    return cluster(home);
  }

  /** The PostgreSQL of a home. */
  public static PostgresCluster cluster(Home home) {
    PostgresBinaries binaries = PostgresBinaries.unpackUnder(home.subfolder("programs"));
    return new PostgresCluster(
        binaries, home.subfolder("postgres"), PostgresCluster.Durability.FULL);
  }

  /** What a replica is told by its environment. */
  Map<String, String> environment(Replica replica) {
    return ServiceEnvironment.of(
        home,
        replica,
        PostgresCluster.jdbcUrl(home.port(PlatformPort.POSTGRES), PlatformDatabase.DATABASE),
        "wage=%s,satisfaction=%s".formatted(address(Service.WAGE), address(Service.SATISFACTION)));
  }

  private void requireDisk() {
    Path folder = home.subfolder("run");
    try {
      FileStore disk = Files.getFileStore(folder);
      if (disk.getUsableSpace() < NEEDED_DISK_BYTES) {
        throw new PlatformException(
            "The disk of %s has %d MiB free; Ilteo needs 300 MiB to start."
                .formatted(home.folder(), disk.getUsableSpace() >> 20));
      }
      // A quota or a read-only mount shows only when something is written.
      Path probe = Files.createTempFile(folder, "probe", "");
      Files.writeString(probe, "probe");
      Files.delete(probe);
    } catch (IOException failure) {
      throw new PlatformException("Cannot write to " + home.folder() + ": " + failure.getMessage());
    }
  }
}
