package io.ilteo.modelkit.hosting;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.ilteo.modelkit.panel.feature.FittedInputs;
import io.ilteo.modelkit.training.TrainingResult.Trained;
import io.ilteo.proto.model.v1.TrainRequest;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.servicekit.jdbc.Transactions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Checkpoints and trained networks in PostgreSQL, where every replica finds them. */
public final class TrainingStore {
  private static final String CHECKPOINTS = "checkpoints/";
  private static final String CANDIDATES = "candidates/";

  private final Transactions transactions;

  public TrainingStore(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Keeps the last checkpoint of {@code training}; returns its name. */
  String saveCheckpoint(String training, int epoch, byte[] state) {
    String sql =
        """
        INSERT INTO checkpoint (id, attempt, epoch, state) VALUES (?, ?, ?, ?)
        ON CONFLICT (attempt) DO UPDATE SET
          epoch = excluded.epoch, state = excluded.state, created_at = now()
        RETURNING id
        """;
    return transactions.call(
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setObject(1, UUID.randomUUID());
            insert.setString(2, training);
            insert.setInt(3, epoch);
            insert.setBytes(4, state);
            try (ResultSet row = insert.executeQuery()) {
              row.next();
              return CHECKPOINTS + row.getObject(1, UUID.class);
            }
          }
        });
  }

  /** The state behind a checkpoint's name; empty if it is gone: retention, or an older backup. */
  Optional<byte[]> checkpoint(String name) {
    UUID id = id(name, CHECKPOINTS);
    return transactions.call(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement("SELECT state FROM checkpoint WHERE id = ?")) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
              return row.next() ? Optional.of(row.getBytes(1)) : Optional.<byte[]>empty();
            }
          }
        });
  }

  /** Drops the checkpoint of a training that nobody will go on from. */
  void dropCheckpoint(String training) {
    transactions.run(connection -> dropCheckpoint(connection, training));
  }

  private static void dropCheckpoint(Connection connection, String training) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM checkpoint WHERE attempt = ?")) {
      delete.setString(1, training);
      delete.executeUpdate();
    }
  }

  /** Keeps a trained network and drops the checkpoint it no longer needs; returns its name. */
  String saveCandidate(
      TrainRequest request,
      String training,
      Trained trained,
      FittedInputs inputs,
      String codeVersion) {
    String sql =
        """
        INSERT INTO candidate (id, attempt, panel, data, architecture, parameters, seed, metrics,
                               code_version, network, digest, inputs)
        VALUES (?, ?, ?, ?::jsonb, ?, ?::jsonb, ?, ?::jsonb, ?, ?, ?, ?)
        ON CONFLICT (attempt, digest) DO UPDATE SET attempt = excluded.attempt
        RETURNING id
        """;
    byte[] network = trained.network().save(false);
    return transactions.call(
        connection -> {
          dropCheckpoint(connection, training);
          byte[] inputsDigest = saveInputs(connection, inputs);
          try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setObject(1, UUID.randomUUID());
            insert.setString(2, request.getAttempt());
            insert.setString(3, request.getData().getPanel());
            insert.setString(4, json(request.getData()));
            insert.setString(5, request.getArchitecture());
            insert.setString(
                6,
                request.getParametersList().stream()
                    .map(TrainingStore::json)
                    .collect(Collectors.joining(",", "[", "]")));
            insert.setLong(7, request.getSeed());
            insert.setString(8, metrics(trained.metrics()));
            insert.setString(9, codeVersion);
            insert.setBytes(10, network);
            insert.setBytes(11, sha256(network));
            insert.setBytes(12, inputsDigest);
            try (ResultSet row = insert.executeQuery()) {
              row.next();
              return CANDIDATES + row.getObject(1, UUID.class);
            }
          }
        });
  }

  /** Stores inputs unless they are there; returns their digest. */
  private static byte[] saveInputs(Connection connection, FittedInputs inputs) throws SQLException {
    byte[] content = inputs.toBytes();
    byte[] digest = sha256(content);
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO fitted_inputs (digest, columns, content) VALUES (?, ?, ?)
            ON CONFLICT (digest) DO UPDATE SET content = excluded.content
            """)) {
      insert.setBytes(1, digest);
      insert.setArray(2, connection.createArrayOf("text", inputs.columns().toArray()));
      insert.setBytes(3, content);
      insert.executeUpdate();
    }
    return digest;
  }

  private static UUID id(String name, String collection) {
    try {
      if (name.startsWith(collection)) {
        return UUID.fromString(name.substring(collection.length()));
      }
    } catch (IllegalArgumentException notOurs) {
      // Told below.
    }
    throw new InvalidArgument("\"" + name + "\" is not a name like " + collection + "{id}");
  }

  private static String metrics(Map<String, Double> metrics) {
    return new TreeMap<>(metrics)
        .entrySet().stream()
            .filter(metric -> Double.isFinite(metric.getValue()))
            .map(metric -> "\"" + metric.getKey() + "\":" + metric.getValue())
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static String json(com.google.protobuf.Message message) {
    try {
      return JsonFormat.printer().omittingInsignificantWhitespace().print(message);
    } catch (InvalidProtocolBufferException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
