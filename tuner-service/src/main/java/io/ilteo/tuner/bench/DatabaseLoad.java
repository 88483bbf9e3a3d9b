package io.ilteo.tuner.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** What a PostgreSQL on this machine costs: processor time of all its processes, and bytes. */
final class DatabaseLoad {
  // Fields of /proc/PID/stat after the program's name, which may hold spaces (proc(5)).
  private static final int PARENT = 1;
  private static final int USER_TICKS = 11;
  private static final int ENDED_CHILDREN_SYSTEM_TICKS = 14;
  private static final double TICKS_PER_SECOND = 100;

  private final DataSource database;
  private final long postmaster;

  DatabaseLoad(DataSource database) throws SQLException, IOException {
    this.database = database;
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      this.postmaster = Long.parseLong(stat(row.getLong(1)).get(PARENT));
    }
  }

  /** Processor seconds of the server since it was started; sessions that have ended count. */
  double cpuSeconds() throws IOException {
    long ticks = 0;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        ticks += ticksIfOurs(Long.parseLong(process.getFileName().toString()));
      }
    }
    return ticks / TICKS_PER_SECOND;
  }

  private long ticksIfOurs(long pid) {
    try {
      List<String> stat = stat(pid);
      boolean ours = pid == postmaster || Long.parseLong(stat.get(PARENT)) == postmaster;
      return ours
          ? stat.subList(USER_TICKS, ENDED_CHILDREN_SYSTEM_TICKS + 1).stream()
              .mapToLong(Long::parseLong)
              .sum()
          : 0;
    } catch (IOException ended) {
      return 0;
    }
  }

  private static List<String> stat(long pid) throws IOException {
    String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    return List.of(line.substring(line.lastIndexOf(')') + 2).strip().split(" ", -1));
  }

  /** Bytes of a table with its indexes and large values, and its rows. */
  record TableSize(long bytes, long rows) {}

  /** Sizes of the tables that grow with trials. */
  Map<String, TableSize> sizes() throws SQLException {
    Map<String, TableSize> sizes = new LinkedHashMap<>();
    try (Connection connection = database.getConnection()) {
      for (String table :
          List.of(
              "trial",
              "trial_parameter",
              "attempt",
              "measurement",
              "pruning_decision",
              "audit_event")) {
        String sql = "SELECT pg_total_relation_size('%1$s'), count(*) FROM %1$s".formatted(table);
        try (PreparedStatement select = connection.prepareStatement(sql);
            ResultSet row = select.executeQuery()) {
          row.next();
          sizes.put(table, new TableSize(row.getLong(1), row.getLong(2)));
        }
      }
    }
    return sizes;
  }
}
