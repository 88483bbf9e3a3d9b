package io.ilteo.cli.platform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line of a service's JVM. */
public final class ServiceJvm {
  /** Of one native thread a training: networks of this size gain nothing from more. */
  static final Map<String, String> ENVIRONMENT =
      Map.of("OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1");

  private ServiceJvm() {}

  /**
   * What every service runs with, wherever it runs: how much heap it may take differs.
   *
   * <p>The serial collector: a heap of some hundred MiB on one or two cores is its home ground, and
   * it takes the least memory.
   */
  public static List<String> options(Service service) {
    List<String> options = new ArrayList<>(JvmArguments.read());
    if (service == Service.TUNER) {
      // It has no kernels, and with an incubating module the ahead-of-time cache saves less.
      options.remove(JvmArguments.VECTORS);
    }
    options.addAll(List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
    // More than the classes take, or each step towards that is a full collection under load.
    options.add("-XX:MetaspaceSize=192m");
    // A quarter of the heap for young objects, all of it from the start. With the 100 MiB that a
    // small machine begins with, thousands of predictions a second fill the young space several
    // times a second, and each collection stops all requests under way: one in a hundred.
    options.add("-XX:NewRatio=3");
    return options;
  }

  /** A heap of this machine's; a page of it takes memory only once it is used. */
  static List<String> heap(Service service) {
    return List.of("-Xms" + service.heapMebibytes() + "m", "-Xmx" + service.heapMebibytes() + "m");
  }

  /** A heap of half a container's memory: networks and their work live beside it. */
  public static List<String> containerHeap() {
    return List.of("-XX:InitialRAMPercentage=50", "-XX:MaxRAMPercentage=50");
  }

  /** The line that runs a service's build on this JDK. */
  static List<String> line(Path projectRoot, Service service) {
    List<String> line = new ArrayList<>();
    line.add(java().toString());
    line.addAll(options(service));
    line.addAll(heap(service));
    AheadOfTime.of(projectRoot, service)
        .current()
        .ifPresent(cache -> line.addAll(AheadOfTime.using(cache)));
    line.addAll(List.of("-jar", projectRoot.resolve(service.jar()).toString()));
    return line;
  }

  /** The launcher of the JDK that runs this. */
  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }
}
