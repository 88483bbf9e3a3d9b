package io.ilteo.modelkit.panel.source;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Text with a header line: comma, tab or semicolon; UTF-8 or CP949. */
final class CsvTable implements SourceTable {
  private static final int MAX_FIELD_CHARS = 1 << 20;
  private static final int MAX_COLUMNS = 20_000;

  private final String fileName;
  private final String format;
  private final CloseableIterator<CsvRecord> records;
  private final List<SourceColumn> columns;
  private CsvRecord record;

  private CsvTable(
      String fileName, String format, CloseableIterator<CsvRecord> records, CsvRecord header) {
    this.fileName = fileName;
    this.format = format;
    this.records = records;
    this.record = header;
    this.columns = columnsOf(header);
  }

  /**
   * Opens a file.
   *
   * @param head whether only its head is there: it may end within a character
   */
  static CsvTable open(Path path, String fileName, boolean head) throws IOException {
    TextEncoding encoding = TextEncoding.of(path, fileName, head);
    char separator = separator(path, encoding, head);
    String format =
        (separator == '\t' ? "TSV" : "CSV")
            + " ("
            + (encoding.bomBytes() > 0 ? "UTF-8 with BOM" : name(encoding))
            + ")";
    Reader reader = reader(path, encoding, head);
    CloseableIterator<CsvRecord> records =
        CsvReader.builder()
            .fieldSeparator(separator)
            .maxBufferSize(MAX_FIELD_CHARS)
            .ofCsvRecord(reader)
            .iterator();
    try {
      if (!advance(records, fileName, 1)) {
        throw BadFile.of(fileName, "is empty; expected a header line and rows.");
      }
      return new CsvTable(fileName, format, records, records.next());
    } catch (CsvParseException e) {
      records.close();
      throw BadFile.at(fileName, 1, parseProblem(e));
    } catch (RuntimeException e) {
      records.close();
      throw e;
    }
  }

  private static String name(TextEncoding encoding) {
    return encoding.charset().equals(TextEncoding.CP949) ? "CP949" : encoding.charset().name();
  }

  private static Reader reader(Path path, TextEncoding encoding, boolean cut) throws IOException {
    CodingErrorAction onError = cut ? CodingErrorAction.REPLACE : CodingErrorAction.REPORT;
    InputStream in = Files.newInputStream(path);
    in.skipNBytes(encoding.bomBytes());
    return new InputStreamReader(
        in,
        encoding.charset().newDecoder().onMalformedInput(onError).onUnmappableCharacter(onError));
  }

  /** The separator that stands most often in the header line. */
  private static char separator(Path path, TextEncoding encoding, boolean cut) throws IOException {
    char[] head = new char[MAX_FIELD_CHARS];
    int length = 0;
    try (BufferedReader reader = new BufferedReader(reader(path, encoding, cut))) {
      int read;
      while (length < head.length && (read = reader.read(head, length, head.length - length)) > 0) {
        length += read;
        if (new String(head, 0, length).indexOf('\n') >= 0) {
          break;
        }
      }
    }
    int commas = 0;
    int tabs = 0;
    int semicolons = 0;
    for (int i = 0; i < length && head[i] != '\n'; i++) {
      switch (head[i]) {
        case ',' -> commas++;
        case '\t' -> tabs++;
        case ';' -> semicolons++;
        default -> {}
      }
    }
    if (tabs > commas && tabs >= semicolons) {
      return '\t';
    }
    return semicolons > commas ? ';' : ',';
  }

  private List<SourceColumn> columnsOf(CsvRecord header) {
    if (header.getFieldCount() > MAX_COLUMNS) {
      throw BadFile.of(fileName, "has more than " + MAX_COLUMNS + " columns.");
    }
    List<String> names = new ArrayList<>();
    for (String field : header.getFields()) {
      names.add(field.strip());
    }
    return ColumnNames.distinct(fileName, names).stream().map(SourceColumn::new).toList();
  }

  @Override
  public String fileName() {
    return fileName;
  }

  @Override
  public String format() {
    return format;
  }

  @Override
  public List<SourceColumn> columns() {
    return columns;
  }

  @Override
  public boolean next() {
    long after = record.getStartingLineNumber();
    try {
      if (!advance(records, fileName, after)) {
        return false;
      }
      record = records.next();
      return true;
    } catch (CsvParseException e) {
      throw BadFile.at(fileName, after + 1, parseProblem(e));
    }
  }

  private static boolean advance(CloseableIterator<CsvRecord> records, String file, long row) {
    try {
      return records.hasNext();
    } catch (UncheckedIOException e) {
      throw BadFile.at(file, row, "the text cannot be decoded from here on.");
    }
  }

  private static String parseProblem(CsvParseException e) {
    Throwable cause = e.getCause();
    String message = String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
    return "not a well-formed row: " + message;
  }

  @Override
  public long rowNumber() {
    return record.getStartingLineNumber();
  }

  @Override
  public double number(int column) {
    return Numbers.parse(field(column));
  }

  @Override
  public String text(int column) {
    String text = field(column);
    double number = Numbers.parse(text);
    return Double.isNaN(number) ? text : Numbers.format(number);
  }

  @Override
  public boolean isText(int column) {
    String text = field(column);
    return !text.isEmpty() && !text.equals(".") && !Numbers.isNumber(text);
  }

  private String field(int column) {
    String field = record.getField(column);
    int length = field.length();
    boolean padded = length > 0 && (field.charAt(0) <= ' ' || field.charAt(length - 1) <= ' ');
    return padded ? field.strip() : field;
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
