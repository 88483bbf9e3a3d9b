package io.ilteo.localpostgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {
  @Test
  void everyDatabaseIsEmptyAndItsOwn() throws SQLException {
    TestDatabase first = TestDatabase.create("tuner");
    TestDatabase second = TestDatabase.create("tuner");
    first.execute("CREATE TABLE mark (n int)");
    assertThat(tables(first)).isEqualTo(1);
    assertThat(tables(second)).isZero();
  }

  private static int tables(TestDatabase database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()")) {
      row.next();
      return row.getInt(1);
    }
  }
}
