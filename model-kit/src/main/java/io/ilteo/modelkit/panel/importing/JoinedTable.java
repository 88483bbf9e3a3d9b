package io.ilteo.modelkit.panel.importing;

import io.ilteo.modelkit.panel.source.SourceColumn;
import io.ilteo.modelkit.panel.source.SourceTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A person file with columns of other files beside its own, found by key. Joined cells are numbers.
 */
final class JoinedTable implements SourceTable {
  /**
   * Columns of another file.
   *
   * @param keyColumn column of the person file that holds the key
   * @param names names of the columns
   * @param rows key to values, NaN where blank
   */
  record Part(int keyColumn, List<String> names, Map<String, double[]> rows) {}

  private static final double[] UNKNOWN = {};

  private record Place(int part, int column) {}

  private final SourceTable persons;
  private final List<Part> parts;
  private final List<SourceColumn> columns;
  private final List<Place> places = new ArrayList<>();
  private final double[][] current;

  JoinedTable(SourceTable persons, List<Part> parts) {
    this.persons = persons;
    this.parts = parts;
    this.current = new double[parts.size()][0];
    this.columns = new ArrayList<>(persons.columns());
    for (int p = 0; p < parts.size(); p++) {
      for (int c = 0; c < parts.get(p).names().size(); c++) {
        columns.add(new SourceColumn(parts.get(p).names().get(c)));
        places.add(new Place(p, c));
      }
    }
  }

  @Override
  public String fileName() {
    return persons.fileName();
  }

  @Override
  public String format() {
    return persons.format();
  }

  @Override
  public List<SourceColumn> columns() {
    return List.copyOf(columns);
  }

  @Override
  public boolean next() {
    if (!persons.next()) {
      return false;
    }
    for (int p = 0; p < current.length; p++) {
      Part part = parts.get(p);
      current[p] = part.rows().getOrDefault(persons.text(part.keyColumn()), UNKNOWN);
    }
    return true;
  }

  @Override
  public long rowNumber() {
    return persons.rowNumber();
  }

  @Override
  public double number(int column) {
    int own = persons.columns().size();
    if (column < own) {
      return persons.number(column);
    }
    Place place = places.get(column - own);
    double[] row = current[place.part];
    return row == UNKNOWN ? Double.NaN : row[place.column];
  }

  @Override
  public String text(int column) {
    if (column < persons.columns().size()) {
      return persons.text(column);
    }
    double value = number(column);
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  @Override
  public boolean isText(int column) {
    return column < persons.columns().size() && persons.isText(column);
  }

  @Override
  public void close() throws IOException {
    persons.close();
  }
}
