package io.ilteo.modelkit.hosting.prediction;

import io.ilteo.modelkit.panel.feature.Histories;
import io.ilteo.proto.model.v1.Contribution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What each column of a history did to a prediction: the prediction minus the one that would have
 * been made had the column been missing in every year (occlusion; Zeiler and Fergus 2014).
 *
 * <p>Columns, not features: hiding a column hides its lags, means and spells with it, which is what
 * people ask about.
 */
final class Occlusion {
  private final List<String> columns;
  private final List<Variant> variants = new ArrayList<>();

  /** Person {@code person} without column {@code column}. */
  private record Variant(int person, int column, Histories.Person history) {}

  Occlusion(List<String> columns, List<Histories.Person> persons) {
    this.columns = columns;
    for (int p = 0; p < persons.size(); p++) {
      for (int c = 0; c < columns.size(); c++) {
        if (isKnown(persons.get(p), c)) {
          variants.add(new Variant(p, c, without(persons.get(p), c)));
        }
      }
    }
  }

  private static boolean isKnown(Histories.Person person, int column) {
    for (double[] year : person.values()) {
      if (!Double.isNaN(year[column])) {
        return true;
      }
    }
    return false;
  }

  private static Histories.Person without(Histories.Person person, int column) {
    double[][] values = new double[person.values().length][];
    for (int i = 0; i < values.length; i++) {
      values[i] = person.values()[i].clone();
      values[i][column] = Double.NaN;
    }
    return new Histories.Person(person.id(), person.years(), values);
  }

  /** The histories to be predicted. */
  List<Histories.Person> variants() {
    return variants.stream().map(Variant::history).toList();
  }

  /**
   * The largest effects of each person, the largest first.
   *
   * @param original predictions of the persons
   * @param occluded predictions of {@link #variants}
   */
  List<List<Contribution>> effects(List<Rows> original, List<Rows> occluded, int top) {
    List<List<Contribution>> effects = new ArrayList<>();
    original.forEach(
        rows -> {
          for (int i = 0; i < rows.size(); i++) {
            effects.add(new ArrayList<>());
          }
        });
    Cursor of = new Cursor(original);
    int person = 0;
    of.advance();
    Cursor hidden = new Cursor(occluded);
    for (Variant variant : variants) {
      hidden.advance();
      for (; person < variant.person(); person++) {
        of.advance();
      }
      Rows mine = of.rows();
      double with = mine.predicted().figure(of.row(), mine.predicted(), of.row());
      double without = hidden.rows().predicted().figure(hidden.row(), mine.predicted(), of.row());
      effects
          .get(variant.person())
          .add(
              Contribution.newBuilder()
                  .setFeature(columns.get(variant.column()))
                  .setEffect(with - without)
                  .build());
    }
    return effects.stream()
        .map(
            all ->
                all.stream()
                    .sorted(Comparator.comparingDouble(each -> -Math.abs(each.getEffect())))
                    .limit(top)
                    .toList())
        .toList();
  }

  /** Walks over rows, part by part. */
  private static final class Cursor {
    private final List<Rows> parts;
    private int part;
    private int row = -1;

    Cursor(List<Rows> parts) {
      this.parts = parts;
      this.row = parts.isEmpty() ? -1 : parts.getFirst().from() - 1;
    }

    void advance() {
      row++;
      while (row == parts.get(part).to()) {
        part++;
        row = parts.get(part).from();
      }
    }

    Rows rows() {
      return parts.get(part);
    }

    int row() {
      return row;
    }
  }
}
