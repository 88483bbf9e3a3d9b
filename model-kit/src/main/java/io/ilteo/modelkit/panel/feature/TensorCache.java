package io.ilteo.modelkit.panel.feature;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Keeps prepared tensors in a folder and maps them into memory, so that a second process, or the
 * same after a restart, need not compute them again.
 *
 * <p>Only a cache: a file that is absent, damaged or cannot be written costs time and nothing else.
 * Files are named by what they depend on, written whole and moved into place, and checked when they
 * are mapped. The longest unused go first when the folder exceeds its bound.
 */
public final class TensorCache {
  private static final int MAGIC = 0x494C5431;
  private static final int HEADER_BYTES = 64;
  private static final int CHECK_BYTES = 1 << 26;
  private static final String SUFFIX = ".tensor";
  private static final String DRAFT = ".part";

  /** Nobody takes so long to write one: its writer was killed. */
  private static final Duration DRAFT_AGE = Duration.ofHours(1);

  private final Path folder;
  private final long maxBytes;
  private final Clock clock;

  /**
   * A cache in {@code folder}, which is made where it is absent.
   *
   * @param maxBytes bytes of all files together
   */
  public TensorCache(Path folder, long maxBytes, Clock clock) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  /** The bytes kept under {@code key}, mapped; else what {@code make} makes, kept for the next. */
  MemorySegment get(String key, long bytes, Supplier<MemorySegment> make) {
    Path file = folder.resolve(key + SUFFIX);
    try {
      return map(file, bytes);
    } catch (IOException absentOrDamaged) {
      MemorySegment made = make.get();
      try {
        write(file, made);
        return map(file, bytes);
      } catch (IOException notKept) {
        return made;
      }
    }
  }

  private MemorySegment map(Path file, long bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() != HEADER_BYTES + bytes) {
        throw new IOException("not of the expected size");
      }
      ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
      channel.read(header, 0);
      MemorySegment mapped =
          channel.map(FileChannel.MapMode.READ_ONLY, HEADER_BYTES, bytes, Arena.ofAuto());
      if (header.getInt(0) != MAGIC || header.getLong(8) != checksum(mapped)) {
        throw new IOException("damaged");
      }
      Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
      return mapped;
    }
  }

  private void write(Path file, MemorySegment segment) throws IOException {
    makeRoom(segment.byteSize() + HEADER_BYTES);
    Path draft = Files.createTempFile(folder, "draft", DRAFT);
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        header.putInt(0, MAGIC).putLong(8, checksum(segment));
        writeFully(channel, header);
        for (long from = 0; from < segment.byteSize(); from += CHECK_BYTES) {
          writeFully(channel, slice(segment, from));
        }
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ByteBuffer slice(MemorySegment segment, long from) {
    return segment.asSlice(from, Math.min(CHECK_BYTES, segment.byteSize() - from)).asByteBuffer();
  }

  private static long checksum(MemorySegment segment) {
    CRC32C crc = new CRC32C();
    for (long from = 0; from < segment.byteSize(); from += CHECK_BYTES) {
      crc.update(slice(segment, from));
    }
    return crc.getValue();
  }

  private void makeRoom(long needed) throws IOException {
    if (needed > maxBytes) {
      throw new IOException("larger than the whole cache");
    }
    deleteAbandoned();
    List<Path> oldestFirst;
    try (Stream<Path> files = Files.list(folder)) {
      oldestFirst =
          files
              .filter(f -> f.toString().endsWith(SUFFIX))
              .sorted(Comparator.comparingLong(TensorCache::lastUsedMillis))
              .toList();
    }
    long total = needed;
    for (Path file : oldestFirst) {
      total += size(file);
    }
    for (Path file : oldestFirst) {
      if (total <= maxBytes) {
        return;
      }
      total -= size(file);
      Files.deleteIfExists(file);
    }
  }

  private void deleteAbandoned() throws IOException {
    long before = clock.instant().minus(DRAFT_AGE).toEpochMilli();
    List<Path> abandoned;
    try (Stream<Path> files = Files.list(folder)) {
      abandoned =
          files.filter(f -> f.toString().endsWith(DRAFT) && lastUsedMillis(f) < before).toList();
    }
    for (Path draft : abandoned) {
      Files.deleteIfExists(draft);
    }
  }

  private static long lastUsedMillis(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException gone) {
      return 0;
    }
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException gone) {
      return 0;
    }
  }
}
