package io.ilteo.modelkit.panel.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;

/** The first sheet of an Excel workbook; names in its first row. */
final class XlsxTable extends ObjectRowTable {
  private static final long MAX_UNPACKED_BYTES = 4L << 30;
  private static final long MAX_SHARED_TEXT_BYTES = 128L << 20;

  private final ReadableWorkbook workbook;
  private final Stream<Row> stream;
  private final Iterator<Row> rows;
  private long sheetRow = 1;

  private XlsxTable(String fileName, ReadableWorkbook workbook) throws IOException {
    super(fileName);
    this.workbook = workbook;
    this.stream = workbook.getFirstSheet().openStream();
    this.rows = stream.iterator();
    if (!rows.hasNext()) {
      throw BadFile.of(fileName, "has an empty first sheet; expected names in its first row.");
    }
    List<SourceColumn> columns = new ArrayList<>();
    for (Object name : values(rows.next())) {
      columns.add(new SourceColumn(name == null ? "" : name.toString().strip()));
    }
    columns(columns);
  }

  static boolean claims(byte[] head) {
    return head.length > 3 && head[0] == 'P' && head[1] == 'K' && head[2] <= 8;
  }

  static XlsxTable open(Path path, String fileName) throws IOException {
    requireSaneArchive(path, fileName);
    ReadableWorkbook workbook = null;
    try {
      workbook = new ReadableWorkbook(path.toFile());
      return new XlsxTable(fileName, workbook);
    } catch (io.ilteo.servicekit.error.DomainException known) {
      close(workbook);
      throw known;
    } catch (IOException | RuntimeException damaged) {
      close(workbook);
      throw BadFile.of(fileName, "is not a readable Excel workbook; it is truncated or damaged.");
    }
  }

  private static void close(@Nullable ReadableWorkbook workbook) throws IOException {
    if (workbook != null) {
      workbook.close();
    }
  }

  /** Refuses archives that would unpack to more than memory or patience hold. */
  private static void requireSaneArchive(Path path, String fileName) {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      long total = 0;
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        total += Math.max(0, entry.getSize());
        boolean shared = entry.getName().endsWith("sharedStrings.xml");
        if (total > MAX_UNPACKED_BYTES || (shared && entry.getSize() > MAX_SHARED_TEXT_BYTES)) {
          throw BadFile.of(fileName, "unpacks to more than is accepted; save it as CSV.");
        }
      }
    } catch (IOException damaged) {
      throw BadFile.of(fileName, "is not a readable Excel workbook; it is truncated or damaged.");
    }
  }

  @Override
  public String format() {
    return "Excel workbook";
  }

  /** Row of the sheet, the names standing in row 1. */
  @Override
  public long rowNumber() {
    return sheetRow;
  }

  @Override
  @Nullable Object @Nullable [] read() {
    while (rows.hasNext()) {
      Row row = rows.next();
      sheetRow = row.getRowNum();
      @Nullable Object[] values = values(row);
      if (!Arrays.stream(values).allMatch(v -> v == null)) {
        return values;
      }
    }
    return null;
  }

  private static @Nullable Object[] values(Row row) {
    @Nullable Object[] values = new @Nullable Object[row.getCellCount()];
    for (int i = 0; i < values.length; i++) {
      Cell cell = row.getCell(i);
      values[i] = cell == null ? null : value(cell);
    }
    return values;
  }

  private static @Nullable Object value(Cell cell) {
    if (cell.getType() == CellType.EMPTY || cell.getValue() == null) {
      return null;
    }
    return switch (cell.getType()) {
      case NUMBER -> cell.asNumber();
      case BOOLEAN -> cell.asBoolean() ? 1 : 0;
      default -> cell.getText();
    };
  }

  @Override
  public void close() throws IOException {
    stream.close();
    workbook.close();
  }
}
