package io.ilteo.modelkit.hosting.prediction;

import io.ilteo.proto.model.v1.Contribution;
import java.util.List;

/**
 * What a model predicts for the persons of one request, in their order.
 *
 * @param parts the persons, part by part
 * @param contributions for each person what moved the prediction most; empty if it was not asked
 *     for
 */
public record Answer(ServedModel model, List<Rows> parts, List<List<Contribution>> contributions) {
  public Answer {
    parts = List.copyOf(parts);
    contributions = List.copyOf(contributions);
  }

  /** Takes one person. */
  @FunctionalInterface
  public interface Sink {
    /** Takes the person in {@code row} of {@code rows}. */
    void accept(Rows rows, int row, List<Contribution> contributions);
  }

  /** Number of persons. */
  public int size() {
    return parts.stream().mapToInt(Rows::size).sum();
  }

  /** Hands all persons over, in their order. */
  public void forEach(Sink sink) {
    int person = 0;
    for (Rows rows : parts) {
      for (int row = rows.from(); row < rows.to(); row++) {
        sink.accept(rows, row, contributions.isEmpty() ? List.of() : contributions.get(person));
        person++;
      }
    }
  }
}
