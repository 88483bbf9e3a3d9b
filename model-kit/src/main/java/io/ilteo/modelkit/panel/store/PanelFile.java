package io.ilteo.modelkit.panel.store;

import io.ilteo.modelkit.panel.Panel;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A panel as one file of the chunks that {@link PgPanelStore} keeps: for tools without a database
 * and as a disk cache beside one.
 */
public final class PanelFile {
  private static final int MAGIC = 0x494C504E;
  private static final int MAX_CHUNK_BYTES = 1 << 26;

  private PanelFile() {}

  /** Writes {@code panel} to {@code file}, replacing what is there. */
  public static void write(Panel panel, Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
      out.writeInt(MAGIC);
      PanelCodec.write(
          panel,
          (part, chunk, bytes) -> {
            out.writeInt(bytes.length);
            out.write(bytes);
          });
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the file is no such panel, or damaged
   */
  public static Panel read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      if (in.readInt() != MAGIC) {
        throw new IOException(file.getFileName() + " is no panel file.");
      }
      return PanelCodec.read(
          (part, chunk) -> {
            int length = in.readInt();
            if (length < 0 || length > MAX_CHUNK_BYTES) {
              throw new IOException(file.getFileName() + " is damaged.");
            }
            return in.readNBytes(length);
          });
    } catch (IllegalStateException | IllegalArgumentException damaged) {
      throw new IOException(file.getFileName() + " is damaged.", damaged);
    }
  }
}
