package io.ilteo.cli.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ilteo.cli.platform.PlatformException;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A backup as a file: a ZIP of one entry a table and, last, {@code manifest.json}.
 *
 * <p>It holds survey records and hashes of tokens, so only its owner may read it. No password is in
 * it: those of the database's roles belong to an installation.
 */
final class Archive implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MANIFEST = "manifest.json";

  private final Path file;
  private final ZipFile zip;
  private final Manifest manifest;

  private Archive(Path file, ZipFile zip, Manifest manifest) {
    this.file = file;
    this.zip = zip;
    this.manifest = manifest;
  }

  /**
   * Opens an archive after reading all of it.
   *
   * @throws PlatformException if it is damaged or not of a format that this program knows
   */
  static Archive open(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException | EOFException damaged) {
      throw damaged(file, "it is cut short or no archive of ./ilteo backup");
    }
    try {
      Archive archive = new Archive(file, zip, readManifest(file, zip));
      archive.verify();
      return archive;
    } catch (IOException | RuntimeException failure) {
      zip.close();
      throw failure;
    }
  }

  private static Manifest readManifest(Path file, ZipFile zip) throws IOException {
    ZipEntry entry = zip.getEntry(MANIFEST);
    if (entry == null) {
      throw damaged(file, MANIFEST + " is missing");
    }
    byte[] bytes;
    try (InputStream in = zip.getInputStream(entry)) {
      bytes = in.readAllBytes();
    } catch (ZipException | EOFException corrupt) {
      throw damaged(file, MANIFEST + " cannot be read");
    }
    // The sum stands in the ZIP's directory: ZipFile does not hold entries to it by itself.
    CRC32 sum = new CRC32();
    sum.update(bytes);
    if (sum.getValue() != entry.getCrc()) {
      throw damaged(file, MANIFEST + " is not what was written");
    }
    try {
      int format = JSON.readTree(bytes).path("format").asInt();
      if (format != Manifest.FORMAT) {
        throw new PlatformException(
            "%s is an archive of format %d; this program reads format %d: use the version of Ilteo that made it, or a newer one."
                .formatted(file, format, Manifest.FORMAT));
      }
      return JSON.readValue(bytes, Manifest.class);
    } catch (JsonProcessingException unreadable) {
      throw damaged(file, MANIFEST + " cannot be read");
    }
  }

  private void verify() throws IOException {
    for (Manifest.SchemaContents schema : manifest.schemas()) {
      for (Manifest.Table table : schema.tables()) {
        String name = entryName(schema, table);
        MessageDigest digest = sha256();
        long bytes;
        try (InputStream in = new DigestInputStream(rows(schema, table), digest)) {
          bytes = in.transferTo(OutputStream.nullOutputStream());
        } catch (ZipException | EOFException corrupt) {
          throw damaged(file, name + " cannot be read");
        }
        if (bytes != table.bytes()
            || !HexFormat.of().formatHex(digest.digest()).equals(table.sha256())) {
          throw damaged(file, name + " is not what was written");
        }
      }
    }
  }

  Manifest manifest() {
    return manifest;
  }

  /** A table's rows as COPY text. */
  InputStream rows(Manifest.SchemaContents schema, Manifest.Table table) throws IOException {
    ZipEntry entry = zip.getEntry(entryName(schema, table));
    if (entry == null) {
      throw damaged(file, entryName(schema, table) + " is missing");
    }
    return zip.getInputStream(entry);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private static String entryName(Manifest.SchemaContents schema, Manifest.Table table) {
    return entryName(schema.name(), table.name());
  }

  private static String entryName(String schema, String table) {
    return schema + "/" + table + ".copy";
  }

  private static PlatformException damaged(Path file, String what) {
    return new PlatformException(file + " is damaged: " + what + "; nothing was restored.");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Writes an archive; the file appears under its name once it is whole and on disk. */
  static final class Writer implements AutoCloseable {
    private final Path target;
    private final Path draft;
    private final ZipOutputStream zip;

    private Writer(Path target, Path draft, ZipOutputStream zip) {
      this.target = target;
      this.draft = draft;
      this.zip = zip;
    }

    static Writer create(Path target) throws IOException {
      if (Files.exists(target)) {
        throw new PlatformException(target + " exists; a backup never overwrites.");
      }
      Path draft = target.resolveSibling(target.getFileName() + ".part");
      Files.deleteIfExists(draft);
      OutputStream out =
          new BufferedOutputStream(
              java.nio.channels.Channels.newOutputStream(
                  Files.newByteChannel(
                      draft,
                      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                      PosixFilePermissions.asFileAttribute(
                          PosixFilePermissions.fromString("rw-------")))));
      ZipOutputStream zip = new ZipOutputStream(out);
      // Networks and panels are compressed already; what gains, gains most of it at once.
      zip.setLevel(Deflater.BEST_SPEED);
      return new Writer(target, draft, zip);
    }

    /** Adds a table's rows. */
    Manifest.Table table(String schema, String name, java.util.List<String> columns, Rows rows)
        throws IOException, java.sql.SQLException {
      zip.putNextEntry(new ZipEntry(entryName(schema, name)));
      MessageDigest digest = sha256();
      Counting counting = new Counting(new DigestOutputStream(zip, digest));
      long count = rows.writeTo(counting);
      counting.flush();
      zip.closeEntry();
      return new Manifest.Table(
          name, columns, count, counting.bytes, HexFormat.of().formatHex(digest.digest()));
    }

    /** Ends the archive. */
    void finish(Manifest manifest) throws IOException {
      zip.putNextEntry(new ZipEntry(MANIFEST));
      zip.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
      zip.closeEntry();
      zip.close();
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
      try {
        zip.close();
      } finally {
        Files.deleteIfExists(draft);
      }
    }
  }

  /** Writes rows somewhere and tells how many. */
  @FunctionalInterface
  interface Rows {
    long writeTo(OutputStream out) throws IOException, java.sql.SQLException;
  }

  private static final class Counting extends FilterOutputStream {
    private long bytes;

    Counting(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      bytes++;
    }

    @Override
    public void write(byte[] b, int offset, int length) throws IOException {
      out.write(b, offset, length);
      bytes += length;
    }
  }
}
