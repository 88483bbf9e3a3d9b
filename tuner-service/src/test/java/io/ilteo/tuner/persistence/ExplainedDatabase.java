package io.ilteo.tuner.persistence;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.postgresql.PGStatement;

/**
 * A database that asks PostgreSQL for the plan of each statement before it runs it, with the same
 * values: what is explained is what the program really sends.
 */
final class ExplainedDatabase {
  private final List<Explained> explained = new CopyOnWriteArrayList<>();

  /** A statement with its values, and its plan. */
  record Explained(String sql, String plan) {
    @Override
    public String toString() {
      return sql + "\n" + plan;
    }
  }

  /** Plans since the last call. */
  List<Explained> take() {
    List<Explained> taken = List.copyOf(explained);
    explained.removeAll(taken);
    return taken;
  }

  DataSource around(DataSource source) {
    return proxy(
        DataSource.class,
        source,
        (name, arguments, result) ->
            result instanceof Connection connection ? around(connection) : result);
  }

  private Connection around(Connection connection) {
    return proxy(
        Connection.class,
        connection,
        (name, arguments, result) ->
            result instanceof PreparedStatement statement ? around(connection, statement) : result);
  }

  private PreparedStatement around(Connection connection, PreparedStatement statement) {
    return (PreparedStatement)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {PreparedStatement.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("executeQuery")
                  || method.getName().equals("executeUpdate")
                  || method.getName().equals("execute")) {
                // Several may be sent together; EXPLAIN takes one.
                for (String sql : statement.unwrap(PGStatement.class).toString().split(";\\n")) {
                  if (!sql.startsWith("SET") && !sql.startsWith("COMMIT")) {
                    explain(connection, sql);
                  }
                }
              }
              return invoke(() -> method.invoke(statement, arguments));
            });
  }

  private void explain(Connection connection, String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("EXPLAIN " + sql)) {
      while (row.next()) {
        lines.add(row.getString(1));
      }
    }
    explained.add(new Explained(sql, String.join("\n", lines)));
  }

  @FunctionalInterface
  private interface Wrapping {
    Object wrap(String method, Object[] arguments, Object result);
  }

  @FunctionalInterface
  private interface Invocation {
    Object run() throws IllegalAccessException, InvocationTargetException;
  }

  private <T> T proxy(Class<T> type, T target, Wrapping wrapping) {
    return type.cast(
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                wrapping.wrap(
                    method.getName(), arguments, invoke(() -> method.invoke(target, arguments)))));
  }

  private static Object invoke(Invocation invocation) throws Throwable {
    try {
      return invocation.run();
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }
}
