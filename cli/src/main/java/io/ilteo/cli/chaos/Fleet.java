package io.ilteo.cli.chaos;

import io.ilteo.cli.platform.Home;
import io.ilteo.cli.platform.Platform;
import io.ilteo.cli.platform.PlatformException;
import io.ilteo.cli.platform.Replica;
import io.ilteo.cli.platform.Service;
import io.ilteo.cli.platform.ServiceEnvironment;
import io.ilteo.cli.platform.ServiceProcess;
import io.ilteo.localpostgres.FreePorts;
import io.ilteo.localpostgres.PlatformDatabase;
import io.ilteo.localpostgres.PostgresCluster;
import io.ilteo.localpostgres.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A platform with several replicas of each service, as a cluster has them: PostgreSQL, two tuners,
 * three services of each model, and between them wires that can be cut.
 *
 * <p>Tuners find the replicas of a model as behind a headless Service: one name, several addresses,
 * one port. The addresses are of loopback (127.0.0.11 and on), and the name is in a hosts file that
 * only their JVMs read.
 */
final class Fleet implements AutoCloseable {
  private static final Map<Service, Integer> REPLICAS =
      new EnumMap<>(Map.of(Service.WAGE, 3, Service.SATISFACTION, 3, Service.TUNER, 2));
  private static final int FIRST_ADDRESS = 11;
  private static final Duration LEASE = Duration.ofSeconds(5);

  /** How long a database connection may stay silent while it is asked something. */
  private static final Duration DATABASE_PATIENCE = Duration.ofSeconds(10);

  private final Home home;
  private final PostgresCluster cluster;
  private final int databasePort;
  private final Optional<FakeClock> clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Member> members = new ArrayList<>();
  private final Map<Service, Integer> wirePorts = new EnumMap<>(Service.class);
  private final Map<Service, List<InetAddress>> addresses = new EnumMap<>(Service.class);

  private Fleet(Home home) throws IOException {
    this.home = home;
    this.cluster = Platform.cluster(home);
    this.databasePort = FreePorts.next();
    this.clock = FakeClock.in(home.subfolder("run"));
    int address = FIRST_ADDRESS;
    StringBuilder hosts = new StringBuilder("127.0.0.1 localhost\n");
    for (Service service : List.of(Service.WAGE, Service.SATISFACTION)) {
      List<InetAddress> own = new ArrayList<>();
      for (int i = 0; i < count(service); i++) {
        own.add(loopback(address));
        hosts.append("127.0.0.%d %s%n".formatted(address, name(service)));
        address++;
      }
      addresses.put(service, own);
      wirePorts.put(service, FreePorts.at(own));
    }
    Files.writeString(hostsFile(), hosts);
  }

  private static int count(Service service) {
    return Objects.requireNonNull(REPLICAS.get(service));
  }

  private static String name(Service service) {
    return service.id() + ".chaos";
  }

  private static InetAddress loopback(int last) throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
  }

  private Path hostsFile() {
    return home.subfolder("run").resolve("hosts");
  }

  /** Starts all of it in {@code folder}, from the project's build. */
  static Fleet start(Path folder, Path projectRoot, Consumer<String> progress) throws IOException {
    Fleet fleet = new Fleet(Home.at(folder, projectRoot));
    try {
      fleet.startAll(progress);
      return fleet;
    } catch (RuntimeException failure) {
      fleet.close();
      throw failure;
    }
  }

  private void startAll(Consumer<String> progress) {
    progress.accept("PostgreSQL on port " + databasePort);
    cluster.start(databasePort);
    PlatformDatabase.create(databasePort, cluster.superuserPassword(), home.subfolder("secrets"));
    for (Service service : List.of(Service.WAGE, Service.SATISFACTION, Service.TUNER)) {
      for (int i = 0; i < count(service); i++) {
        Member member = member(service, i);
        members.add(member);
        progress.accept(member.replica().name() + " on " + member.replica().address());
        member.ensureRunning();
      }
      // One after the other: the first replica of a service migrates, and this machine is small.
      members(service).forEach(Member::awaitReady);
    }
  }

  private Member member(Service service, int index) {
    Replica replica =
        new Replica(service, service.id() + "-" + (index + 1), FreePorts.next(), FreePorts.next());
    int databaseWire = FreePorts.next();
    TcpProxy database =
        new TcpProxy(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), databaseWire),
            databasePort,
            threads);
    Optional<TcpProxy> wire =
        Optional.ofNullable(addresses.get(service))
            .map(
                own ->
                    new TcpProxy(
                        new InetSocketAddress(own.get(index), wirePort(service)),
                        replica.grpcPort(),
                        threads));
    return new Member(
        replica,
        new ServiceProcess(home, replica),
        environment(replica, databaseWire, index),
        database,
        wire);
  }

  private int wirePort(Service service) {
    return Objects.requireNonNull(wirePorts.get(service));
  }

  private Map<String, String> environment(Replica replica, int databaseWire, int index) {
    String models =
        "wage=%s:%d,satisfaction=%s:%d"
            .formatted(
                name(Service.WAGE),
                wirePort(Service.WAGE),
                name(Service.SATISFACTION),
                wirePort(Service.SATISFACTION));
    Map<String, String> environment =
        new LinkedHashMap<>(
            ServiceEnvironment.of(
                home,
                replica,
                PostgresCluster.jdbcUrl(databaseWire, PlatformDatabase.DATABASE),
                models));
    environment.put("ILTEO_DISPATCH_LEASE", LEASE.toSeconds() + "s");
    environment.put("ILTEO_DB_SOCKET_TIMEOUT", Long.toString(DATABASE_PATIENCE.toSeconds()));
    environment.put("ILTEO_MODEL_TRAINING_CAPACITY", "1");
    environment.put("JDK_JAVA_OPTIONS", "-Djdk.net.hosts.file=" + hostsFile());
    if (isSkewed(replica.service(), index)) {
      clock.ifPresent(fake -> environment.putAll(fake.environment()));
    }
    return environment;
  }

  /** The last tuner has the clock that is wrong. */
  private static boolean isSkewed(Service service, int index) {
    return service == Service.TUNER && index == count(service) - 1;
  }

  /** The wall clock that can be made wrong, where libfaketime is installed. */
  Optional<FakeClock> clock() {
    return clock;
  }

  /** How long a trial's lease is. */
  Duration lease() {
    return LEASE;
  }

  List<Member> members() {
    return List.copyOf(members);
  }

  List<Member> members(Service service) {
    return members.stream().filter(each -> each.replica().service() == service).toList();
  }

  /** The one member whose index is given, counted round. */
  Member member(List<Member> among, int index) {
    return among.get(index % among.size());
  }

  void restartDatabase() {
    cluster.stop();
    cluster.start(databasePort);
  }

  void killDatabase() {
    RunningServer server =
        cluster
            .runningServer()
            .orElseThrow(() -> new PlatformException("PostgreSQL does not run."));
    ProcessHandle postmaster = ProcessHandle.of(server.pid()).orElseThrow();
    postmaster.destroyForcibly();
    postmaster.onExit().join();
    cluster.start(databasePort);
  }

  /** The record, past all wires: for whoever checks it at the end. */
  PlatformRecord record() {
    return new PlatformRecord(
        PostgresCluster.jdbcUrl(databasePort, PlatformDatabase.DATABASE),
        cluster.superuserPassword());
  }

  /** Runs {@code work} beside everything else. */
  void beside(Runnable work) {
    threads.execute(work);
  }

  /** Starts again whatever has ended, as a cluster would. */
  void supervise() {
    members.forEach(Member::ensureRunning);
  }

  /** Cuts nothing more, lets everything run, and waits until it serves. */
  List<String> heal(Duration limit) {
    clock.ifPresent(fake -> fake.set(0));
    cluster.start(databasePort);
    for (Member member : members) {
      member.database().heal();
      member.wire().ifPresent(TcpProxy::heal);
      member.letUp();
      member.resume();
    }
    return members.stream()
        .filter(member -> !member.recover(limit.toMillis()))
        .map(member -> member.replica().name())
        .toList();
  }

  /**
   * Processes that belong to this fleet and still run, by what stands in their command line or
   * environment.
   */
  List<String> orphans() throws IOException {
    String mark = home.folder().toString();
    List<String> found = new ArrayList<>();
    for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
      if (process.pid() == ProcessHandle.current().pid()) {
        continue;
      }
      Path of = Path.of("/proc", Long.toString(process.pid()));
      if (read(of.resolve("environ")).contains(mark)
          || read(of.resolve("cmdline")).contains(mark)) {
        found.add(
            "%d %s"
                .formatted(process.pid(), process.info().command().orElse("?"))
                .toLowerCase(Locale.ROOT));
      }
    }
    return found;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException goneOrForeign) {
      return "";
    }
  }

  @Override
  public void close() {
    List<Thread> stopping =
        IntStream.range(0, members.size())
            .mapToObj(members::get)
            .map(member -> Thread.ofVirtual().start(member::stop))
            .toList();
    for (Thread each : stopping) {
      try {
        each.join();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    cluster.stop();
    for (Member member : members) {
      member.database().close();
      member.wire().ifPresent(TcpProxy::close);
    }
    threads.shutdownNow();
  }
}
