package io.ilteo.modelkit.registry;

import com.google.protobuf.ListValue;
import com.google.protobuf.Value;
import io.ilteo.modelkit.panel.feature.FittedInputs;
import io.ilteo.modelkit.training.Attachments;
import io.ilteo.proto.model.v1.DataSpec;
import io.ilteo.proto.search.v1.Parameter;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.servicekit.error.DomainException.NotFound;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads stored networks and what belongs to them, and refuses what does not match its checksum. */
final class Artifacts {
  private Artifacts() {}

  static Artifact of(Connection connection, VersionName names, long number) throws SQLException {
    String sql =
        """
        SELECT candidates, attachments,
               sha256(convert_to(attachments, 'UTF8')) = attachments_digest AS sound
          FROM model_version WHERE number = ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, number);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new NotFound("there is no " + names.of(number));
        }
        String attachments = row.getString("attachments");
        if (attachments == null) {
          throw new FailedPrecondition(
              "%s was registered before versions could serve; register its candidates again"
                  .formatted(names.of(number)));
        }
        if (!row.getBoolean("sound")) {
          throw new FailedPrecondition(
              "the artifact of %s is damaged: its attachments do not match their SHA-256"
                  .formatted(names.of(number)));
        }
        return new Artifact(
            VersionRows.require(connection, names, number),
            ensemble(connection, row.getArray("candidates")),
            Attachments.fromJson(attachments));
      }
    }
  }

  /** The networks of {@code members}, which are of one form. */
  static Ensemble ensemble(Connection connection, Array members) throws SQLException {
    String sql =
        """
        SELECT c.id, c.data, c.architecture, c.parameters, c.network,
               sha256(c.network) = c.digest AS network_sound,
               f.content, sha256(f.content) = f.digest AS inputs_sound
          FROM candidate c LEFT JOIN fitted_inputs f ON f.digest = c.inputs
         WHERE c.id = ANY (?) ORDER BY c.id
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, members);
      try (ResultSet row = select.executeQuery()) {
        @Nullable Ensemble first = null;
        List<byte[]> networks = new ArrayList<>();
        while (row.next()) {
          String name = "candidates/" + row.getObject("id", UUID.class);
          requireSound(row.getBoolean("network_sound"), "the network of " + name);
          networks.add(row.getBytes("network"));
          if (first == null) {
            first = describe(row, name);
          }
        }
        Ensemble form = Objects.requireNonNull(first, "members exist by their foreign keys");
        return new Ensemble(
            form.data(), form.architecture(), form.parameters(), networks, form.inputs());
      }
    }
  }

  private static Ensemble describe(ResultSet row, String name) throws SQLException {
    byte[] inputs = row.getBytes("content");
    if (inputs == null) {
      throw new FailedPrecondition(
          name + " was trained before networks could serve; train it again");
    }
    requireSound(row.getBoolean("inputs_sound"), "the inputs of " + name);
    ListValue parameters =
        VersionRows.parse(row.getString("parameters"), ListValue.newBuilder()).build();
    List<Parameter> values = new ArrayList<>();
    for (Value value : parameters.getValuesList()) {
      values.add(VersionRows.parameter(value));
    }
    return new Ensemble(
        VersionRows.parse(row.getString("data"), DataSpec.newBuilder()).build(),
        row.getString("architecture"),
        values,
        List.of(),
        read(inputs, name));
  }

  private static FittedInputs read(byte[] inputs, String name) {
    try {
      return FittedInputs.fromBytes(inputs);
    } catch (InvalidArgument unreadable) {
      // Sound, yet not ours: written by another version of the code.
      throw new FailedPrecondition(
          "the inputs of %s cannot be read: %s".formatted(name, unreadable.getMessage()));
    }
  }

  private static void requireSound(boolean sound, String what) {
    if (!sound) {
      throw new FailedPrecondition(what + " is damaged: it does not match its SHA-256");
    }
  }
}
