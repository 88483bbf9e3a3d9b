package io.ilteo.cli.chaos;

import io.ilteo.localpostgres.PostgresCluster;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What the platform's database holds, read as its superuser. */
record PlatformRecord(String url, String password) {
  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url, PostgresCluster.SUPERUSER, password);
  }

  /** The rows, each as its columns' texts. */
  List<List<String>> rows(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<List<String>> rows = new ArrayList<>();
      int columns = row.getMetaData().getColumnCount();
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          values.add(String.valueOf(row.getString(i)));
        }
        rows.add(values);
      }
      return rows;
    }
  }

  /** The one number that a query yields. */
  long number(String sql) throws SQLException {
    return Long.parseLong(rows(sql).getFirst().getFirst());
  }

  /** Never the password. */
  @Override
  public String toString() {
    return "record at " + url;
  }
}
