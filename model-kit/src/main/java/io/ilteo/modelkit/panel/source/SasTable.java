package io.ilteo.modelkit.panel.source;

import com.epam.parso.Column;
import com.epam.parso.SasFileReader;
import com.epam.parso.impl.SasFileReaderImpl;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A SAS data set ({@code .sas7bdat}). Value labels live in another file and are not read. */
final class SasTable extends ObjectRowTable {
  private static final byte[] MAGIC = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xc2, (byte) 0xea, (byte) 0x81, 0x60
  };

  private final InputStream in;
  private final SasFileReader reader;
  private final long rows;
  private long rowsRead;

  private SasTable(String fileName, InputStream in, SasFileReader reader) {
    super(fileName);
    this.in = in;
    this.reader = reader;
    this.rows = reader.getSasFileProperties().getRowCount();
    columns(
        reader.getColumns().stream()
            .map(c -> new SourceColumn(c.getName().strip(), label(c), Map.of()))
            .toList());
  }

  private static String label(Column column) {
    return column.getLabel() == null ? "" : column.getLabel().strip();
  }

  static boolean claims(byte[] head) {
    return head.length >= MAGIC.length
        && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  static SasTable open(Path path, String fileName) throws IOException {
    SasHeader header = SasHeader.read(path, fileName);
    InputStream in = new SasStream(new BufferedInputStream(Files.newInputStream(path)), header);
    try {
      return new SasTable(fileName, in, new SasFileReaderImpl(in));
    } catch (io.ilteo.servicekit.error.DomainException known) {
      in.close();
      throw known;
    } catch (RuntimeException damaged) {
      in.close();
      throw BadFile.of(fileName, "is not a readable SAS data set; it is truncated or damaged.");
    }
  }

  @Override
  public String format() {
    return "SAS (sas7bdat)";
  }

  @Override
  @Nullable Object @Nullable [] read() throws IOException {
    if (rowsRead >= rows) {
      return null;
    }
    @Nullable Object[] row = reader.readNext();
    if (row == null) {
      throw BadFile.of(
          fileName(), "ends after %d of its %d observations.".formatted(rowsRead, rows));
    }
    rowsRead++;
    return row;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
