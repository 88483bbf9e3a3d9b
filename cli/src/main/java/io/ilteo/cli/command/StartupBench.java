package io.ilteo.cli.command;

import io.ilteo.cli.platform.PlatformException;
import io.ilteo.cli.platform.Startup;
import io.ilteo.cli.platform.Startup.Measured;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** How soon each service is ready and what it holds then, with and without its cache. */
final class StartupBench {
  private static final int DEFAULT_RUNS = 3;

  private final PrintWriter out;
  private final Consumer<Map<String, Object>> printJson;

  StartupBench(PrintWriter out, Consumer<Map<String, Object>> printJson) {
    this.out = out;
    this.printJson = printJson;
  }

  int run(Path project, List<String> arguments, boolean json) throws IOException {
    int runs = DEFAULT_RUNS;
    if (!arguments.isEmpty()) {
      if (arguments.size() != 2 || !arguments.getFirst().equals("--runs")) {
        throw new PlatformException("startup takes --runs N; it was given " + arguments);
      }
      runs = Integer.parseInt(arguments.getLast());
    }
    if (!json) {
      out.printf(
          "%-14s %-10s %8s %8s %9s   %s%n",
          "service", "AOT cache", "ready, s", "CPU, s", "RSS, MiB", "median of " + runs);
    }
    new Startup(project).measure(runs, measured -> show(measured, json));
    return 0;
  }

  private void show(Measured measured, boolean json) {
    if (!json) {
      out.printf(
          "%-14s %-10s %8.2f %8.2f %9d%n",
          measured.service().id(),
          measured.cached() ? "yes" : "no",
          measured.readySeconds(),
          measured.cpuSeconds(),
          measured.residentMebibytes());
      out.flush();
      return;
    }
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", "startup");
    row.put("service", measured.service().id());
    row.put("aot_cache", measured.cached());
    row.put("ready_s", measured.readySeconds());
    row.put("cpu_s", measured.cpuSeconds());
    row.put("rss_mib", measured.residentMebibytes());
    printJson.accept(row);
  }
}
