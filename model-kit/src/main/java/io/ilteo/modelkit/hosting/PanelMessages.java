package io.ilteo.modelkit.hosting;

import com.google.protobuf.Timestamp;
import io.ilteo.modelkit.panel.importing.ColumnReport;
import io.ilteo.modelkit.panel.importing.Exclusion;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.modelkit.panel.mapping.Mappings;
import io.ilteo.modelkit.panel.store.StoredPanel;
import io.ilteo.proto.panel.v1.Column;
import io.ilteo.proto.panel.v1.ColumnRole;
import io.ilteo.proto.panel.v1.ColumnType;
import io.ilteo.proto.panel.v1.MissingCode;
import io.ilteo.proto.panel.v1.Panel;

/** Panels as contract messages. */
final class PanelMessages {
  private PanelMessages() {}

  static Panel panel(StoredPanel panel) {
    Mapping mapping = panel.mapping();
    Panel.Builder message =
        Panel.newBuilder()
            .setName(panel.name())
            .setDigest(panel.digest())
            .setDisplayName(panel.displayName())
            .setMapping(mapping.name())
            .setMappingYaml(Mappings.write(mapping))
            .setPersonYears(panel.personYears())
            .setPersons(panel.persons())
            .setFirstYear(panel.firstYear())
            .setLastYear(panel.lastYear())
            .setCreateTime(
                Timestamp.newBuilder()
                    .setSeconds(panel.createTime().getEpochSecond())
                    .setNanos(panel.createTime().getNano()))
            .setWageUnit(mapping.wage() == null ? "" : mapping.wage().unit());
    panel.columns().forEach(column -> message.addColumns(column(column)));
    panel.exclusions().forEach(exclusion -> message.addExclusions(exclusion(exclusion)));
    return message.build();
  }

  private static Column column(ColumnReport column) {
    Column.Builder message =
        Column.newBuilder()
            .setName(column.name())
            .setSource(column.source())
            .setRole(ColumnRole.valueOf("COLUMN_ROLE_" + column.role()))
            .setType(ColumnType.valueOf("COLUMN_TYPE_" + column.type()))
            .setUnit(column.unit())
            .setLabel(column.label())
            .setMissingCount(column.missingCount());
    column
        .missingCodes()
        .forEach(
            (code, count) ->
                message.addMissingCodes(MissingCode.newBuilder().setCode(code).setCount(count)));
    return message.build();
  }

  private static io.ilteo.proto.panel.v1.Exclusion exclusion(Exclusion exclusion) {
    return io.ilteo.proto.panel.v1.Exclusion.newBuilder()
        .setReason(exclusion.reason())
        .setRows(exclusion.count())
        .setFirstPlace(exclusion.firstPlace())
        .build();
  }
}
