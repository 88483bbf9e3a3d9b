package io.ilteo.cli.backup;

import java.util.List;
import java.util.Map;

/**
 * What an archive holds, and how to tell that it is whole; entry {@code manifest.json}.
 *
 * @param format {@link #FORMAT}; a reader refuses any other
 * @param postgresql version of the server that the rows came from
 * @param takenAt when the snapshot was taken, by the server's clock, ISO 8601
 */
record Manifest(int format, String postgresql, String takenAt, List<SchemaContents> schemas) {
  static final int FORMAT = 1;

  Manifest {
    schemas = List.copyOf(schemas);
  }

  /** Rows of all tables. */
  long rows() {
    return schemas.stream().flatMap(s -> s.tables().stream()).mapToLong(Table::rows).sum();
  }

  /**
   * One service's schema.
   *
   * @param versions newest migration by history table, e.g. {@code flyway_schema_history} 6
   * @param sequences last value by sequence; absent where none was drawn
   */
  record SchemaContents(
      String name, Map<String, String> versions, List<Table> tables, Map<String, Long> sequences) {
    SchemaContents {
      versions = Map.copyOf(versions);
      tables = List.copyOf(tables);
      sequences = Map.copyOf(sequences);
    }
  }

  /**
   * One table; its rows are the entry {@code schema/name.copy} in PostgreSQL's COPY text format.
   *
   * @param columns as they stand in a row; generated ones are left out
   * @param sha256 of the entry's bytes before compression, hexadecimal
   */
  record Table(String name, List<String> columns, long rows, long bytes, String sha256) {
    Table {
      columns = List.copyOf(columns);
    }
  }
}
