package io.ilteo.modelkit.registry;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import io.ilteo.proto.model.v1.DataSpec;
import io.ilteo.proto.model.v1.Evaluation;
import io.ilteo.proto.model.v1.Lineage;
import io.ilteo.proto.model.v1.MetricValue;
import io.ilteo.proto.model.v1.ModelVersion;
import io.ilteo.proto.search.v1.Parameter;
import io.ilteo.servicekit.error.DomainException.NotFound;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Reads versions with their lineage, aliases and evaluations. */
final class VersionRows {
  private static final String SELECT =
      """
      SELECT v.number, v.panel_digest, v.digest, v.created_at, first.data, first.architecture,
             first.parameters, first.code_version, members.attempts, members.seeds, members.bytes,
             members.metrics, coalesce(inputs.columns, '{}') AS input_columns,
             ARRAY (SELECT alias FROM model_alias a WHERE a.version = v.number ORDER BY alias)
               AS aliases,
             ARRAY (SELECT result FROM evaluation e
                     WHERE e.version = v.number AND result IS NOT NULL ORDER BY opened_at)
               AS evaluations
        FROM model_version v
        JOIN candidate first ON first.id = v.candidates[1]
        LEFT JOIN fitted_inputs inputs ON inputs.digest = first.inputs
        CROSS JOIN LATERAL (
             SELECT array_agg(c.attempt ORDER BY c.id) AS attempts,
                    array_agg(c.seed ORDER BY c.id) AS seeds,
                    sum(length(c.network)) AS bytes,
                    jsonb_agg(c.metrics) AS metrics
               FROM candidate c WHERE c.id = ANY (v.candidates)) members
      """;

  private VersionRows() {}

  static ModelVersion require(Connection connection, VersionName names, long number)
      throws SQLException {
    return require(connection, names, number, "");
  }

  static ModelVersion requireLocked(Connection connection, VersionName names, long number)
      throws SQLException {
    return require(connection, names, number, " FOR UPDATE OF v");
  }

  private static ModelVersion require(
      Connection connection, VersionName names, long number, String lock) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + " WHERE v.number = ?" + lock)) {
      select.setLong(1, number);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new NotFound("there is no " + names.of(number));
        }
        return version(row, names);
      }
    }
  }

  static List<ModelVersion> page(Connection connection, VersionName names, int limit, long before)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT + " WHERE v.number < ? ORDER BY v.number DESC LIMIT ?")) {
      select.setLong(1, before);
      select.setInt(2, limit);
      List<ModelVersion> versions = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          versions.add(version(row, names));
        }
      }
      return versions;
    }
  }

  private static ModelVersion version(ResultSet row, VersionName names) throws SQLException {
    String[] attempts = array(row, "attempts", String[].class);
    Lineage.Builder lineage =
        Lineage.newBuilder()
            .addAllAttempts(List.of(attempts))
            .setData(parse(row.getString("data"), DataSpec.newBuilder()).build())
            .setPanelDigest(row.getString("panel_digest"))
            .setCodeVersion(row.getString("code_version"))
            .addAllSeeds(List.of(array(row, "seeds", Long[].class)));
    ModelVersion.Builder version =
        ModelVersion.newBuilder()
            .setName(names.of(row.getLong("number")))
            .setArchitecture(row.getString("architecture"))
            .setLineage(lineage)
            .setArtifactDigest(ModelVersions.hex(row.getBytes("digest")))
            .setArtifactBytes(row.getLong("bytes"))
            .setEnsembleSize(attempts.length)
            .setCreateTime(Timestamps.fromMillis(row.getTimestamp("created_at").getTime()))
            .addAllInputColumns(List.of(array(row, "input_columns", String[].class)))
            .addAllAliases(List.of(array(row, "aliases", String[].class)));
    ListValue parameters = parse(row.getString("parameters"), ListValue.newBuilder()).build();
    for (Value each : parameters.getValuesList()) {
      version.addParameters(parameter(each));
    }
    ListValue metrics = parse(row.getString("metrics"), ListValue.newBuilder()).build();
    addMeans(version, metrics);
    for (byte[] evaluation : array(row, "evaluations", byte[][].class)) {
      try {
        version.addEvaluations(Evaluation.parseFrom(evaluation));
      } catch (InvalidProtocolBufferException damaged) {
        throw new IllegalStateException("a damaged evaluation", damaged);
      }
    }
    return version.build();
  }

  /** A parameter as it was saved. */
  static Parameter parameter(Value saved) {
    return parse(print(saved.getStructValue()), Parameter.newBuilder()).build();
  }

  /** Of an ensemble, the mean over its networks of the metrics that all of them have. */
  private static void addMeans(ModelVersion.Builder version, ListValue members) {
    TreeMap<String, Double> sums = new TreeMap<>();
    TreeMap<String, Integer> counts = new TreeMap<>();
    for (Value member : members.getValuesList()) {
      member
          .getStructValue()
          .getFieldsMap()
          .forEach(
              (name, value) -> {
                sums.merge(name, value.getNumberValue(), Double::sum);
                counts.merge(name, 1, Integer::sum);
              });
    }
    int size = members.getValuesCount();
    sums.forEach(
        (name, sum) -> {
          if (counts.getOrDefault(name, 0) == size) {
            version.addValidationMetrics(
                MetricValue.newBuilder().setName(name).setValue(sum / size));
          }
        });
  }

  private static <T> T array(ResultSet row, String column, Class<T> type) throws SQLException {
    return type.cast(row.getArray(column).getArray());
  }

  private static String print(Struct json) {
    try {
      return JsonFormat.printer().print(json);
    } catch (InvalidProtocolBufferException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static <B extends Message.Builder> B parse(String json, B builder) {
    try {
      JsonFormat.parser().merge(json, builder);
      return builder;
    } catch (InvalidProtocolBufferException damaged) {
      throw new IllegalStateException("a damaged record of a candidate", damaged);
    }
  }
}
