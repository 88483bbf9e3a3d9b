package io.ilteo.modelkit.registry;

import com.google.protobuf.InvalidProtocolBufferException;
import io.ilteo.proto.model.v1.Evaluation;
import io.ilteo.servicekit.jdbc.Transactions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who read which test fold, and what came of it. */
public final class EvaluationRecords {
  private final Transactions transactions;

  public EvaluationRecords(Transactions transactions) {
    this.transactions = transactions;
  }

  /** The recorded result, if the fold was read and scored. */
  public Optional<Evaluation> find(long version, String study) {
    return transactions.call(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT result FROM evaluation WHERE version = ? AND study = ?")) {
            select.setLong(1, version);
            select.setString(2, study);
            try (ResultSet row = select.executeQuery()) {
              return row.next() ? parse(row.getBytes(1)) : Optional.empty();
            }
          }
        });
  }

  private static Optional<Evaluation> parse(byte @Nullable [] result) {
    if (result == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Evaluation.parseFrom(result));
    } catch (InvalidProtocolBufferException damaged) {
      throw new IllegalStateException("a damaged evaluation", damaged);
    }
  }

  /** Puts on record that the fold is about to be read; durable when this returns. */
  public void opening(long version, String study) {
    String sql =
        """
        INSERT INTO evaluation (version, study) VALUES (?, ?)
        ON CONFLICT (version, study) DO UPDATE SET readings = evaluation.readings + 1
        """;
    transactions.run(
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, version);
            insert.setString(2, study);
            insert.executeUpdate();
          }
        });
  }

  /** Keeps the first result, and returns the one that was kept. */
  public Evaluation keep(long version, Evaluation evaluation) {
    String sql =
        """
        UPDATE evaluation SET result = coalesce(result, ?) WHERE version = ? AND study = ?
        RETURNING result
        """;
    return transactions.call(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setBytes(1, evaluation.toByteArray());
            update.setLong(2, version);
            update.setString(3, evaluation.getStudy());
            try (ResultSet row = update.executeQuery()) {
              if (!row.next()) {
                throw new IllegalStateException("an evaluation without a record of its reading");
              }
              return parse(row.getBytes(1)).orElseThrow();
            }
          }
        });
  }
}
