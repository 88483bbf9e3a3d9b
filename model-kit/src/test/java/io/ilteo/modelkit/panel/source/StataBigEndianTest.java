package io.ilteo.modelkit.panel.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What haven does not write: format 119, big-endian, every storage type with its missing codes. The
 * file is laid out by hand from the published specification.
 */
class StataBigEndianTest {
  private static final int[] TYPES = {65530, 65529, 65528, 65527, 65526, 5};

  @TempDir Path folder;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);
  private final long[] map = new long[14];

  private void text(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private void padded(String text, int width) throws IOException {
    byte[] field = new byte[width];
    byte[] given = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(given, 0, field, 0, given.length);
    out.write(field);
  }

  private void section(int index, String tag) throws IOException {
    map[index] = bytes.size();
    text("<" + tag + ">");
  }

  private byte[] file() throws IOException {
    text("<stata_dta><header><release>119</release><byteorder>MSF</byteorder><K>");
    out.writeInt(TYPES.length);
    text("</K><N>");
    out.writeLong(2);
    text("</N><label>");
    out.writeShort(2);
    text("hi</label><timestamp>");
    out.writeByte(0);
    text("</timestamp></header>");
    section(1, "map");
    int mapAt = bytes.size();
    out.write(new byte[14 * 8]);
    text("</map>");
    section(2, "variable_types");
    for (int type : TYPES) {
      out.writeShort(type);
    }
    text("</variable_types>");
    section(3, "varnames");
    for (int i = 0; i < TYPES.length; i++) {
      padded("변수" + i, 129);
    }
    text("</varnames>");
    section(4, "sortlist");
    out.write(new byte[4 * (TYPES.length + 1)]);
    text("</sortlist>");
    section(5, "formats");
    out.write(new byte[57 * TYPES.length]);
    text("</formats>");
    section(6, "value_label_names");
    padded("yesno", 129);
    out.write(new byte[129 * (TYPES.length - 1)]);
    text("</value_label_names>");
    section(7, "variable_labels");
    padded("첫째", 321);
    out.write(new byte[321 * (TYPES.length - 1)]);
    text("</variable_labels>");
    section(8, "characteristics");
    text("</characteristics>");
    section(9, "data");
    row(-100, -30_000, -2_000_000_000, 1.5f, -2.25, "12345");
    row(101, 32_741, 2_147_483_621, Float.intBitsToFloat(0x7f000000), 0x1p1023, "abc");
    text("</data>");
    section(10, "strls");
    text("</strls>");
    section(11, "value_labels");
    text("<lbl>");
    out.writeInt(8 + 2 * 8 + 7);
    padded("yesno", 129);
    out.write(new byte[3]);
    out.writeInt(2);
    out.writeInt(7);
    out.writeInt(0);
    out.writeInt(4);
    out.writeInt(1);
    out.writeInt(2);
    text("yes\0no\0");
    text("</lbl></value_labels>");
    map[12] = bytes.size();
    text("</stata_dta>");
    byte[] file = bytes.toByteArray();
    java.nio.ByteBuffer.wrap(file).position(mapAt).asLongBuffer().put(map);
    return file;
  }

  private void row(int tiny, int small, int whole, float single, double wide, String text)
      throws IOException {
    out.writeByte(tiny);
    out.writeShort(small);
    out.writeInt(whole);
    out.writeFloat(single);
    out.writeDouble(wide);
    padded(text, 5);
  }

  @Test
  void format119IsRead() throws IOException {
    Path file = Files.write(folder.resolve("x.dta"), file());
    try (SourceTable table = SourceTables.open(file)) {
      assertThat(table.format()).isEqualTo("Stata (format 119)");
      SourceColumn first = table.columns().getFirst();
      assertThat(first).isEqualTo(new SourceColumn("변수0", "첫째", Map.of(1.0, "yes", 2.0, "no")));
      assertThat(table.next()).isTrue();
      double[] numbers = {-100, -30_000, -2_000_000_000, 1.5, -2.25, 12_345};
      for (int i = 0; i < numbers.length; i++) {
        assertThat(table.number(i)).isEqualTo(numbers[i]);
      }
      assertThat(table.next()).isTrue();
      for (int i = 0; i < 5; i++) {
        assertThat(table.number(i)).isNaN();
        assertThat(table.isText(i)).isFalse();
      }
      assertThat(table.isText(5)).isTrue();
      assertThat(table.text(5)).isEqualTo("abc");
      assertThat(table.next()).isFalse();
    }
  }

  @Test
  void formatThatIsNotReadIsNamed() throws IOException {
    byte[] file = file();
    file[30] = '6';
    Path path = Files.write(folder.resolve("y.dta"), file);
    assertThatThrownBy(() -> SourceTables.open(path))
        .hasMessageContaining("y.dta")
        .hasMessageContaining("format 116");
  }
}
