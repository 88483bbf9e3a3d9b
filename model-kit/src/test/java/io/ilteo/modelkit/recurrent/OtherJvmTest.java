package io.ilteo.modelkit.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Logger;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A network saved here predicts and learns the same bits in another JVM, with vectors or without.
 */
class OtherJvmTest {
  private static final NetworkSpec SPEC =
      Cases.spec(
          5,
          new Encoder.Recurrent(Cell.LSTM, List.of(13, 9), true, 0.2, Pooling.ATTENTION),
          Cases.heads(),
          true,
          0.3);

  @Test
  void anotherJvmPredictsTheSameBits(@TempDir Path folder) throws Exception {
    Path saved = saved(folder);
    String other = run(saved, OtherJvm.VECTORS);
    assertThat(OtherJvm.value(other, "fingerprint"))
        .isEqualTo(fingerprint(Files.readAllBytes(saved)));
    assertThat(other).doesNotContain("Vector API is not there");
  }

  @Test
  void aJvmWithoutVectorsPredictsTheSameBitsAndSaysSoOnce(@TempDir Path folder) throws Exception {
    Path saved = saved(folder);
    String other = run(saved);
    assertThat(OtherJvm.value(other, "fingerprint"))
        .isEqualTo(fingerprint(Files.readAllBytes(saved)));
    assertThat(other).containsOnlyOnce("Vector API is not there");
  }

  private static String run(Path saved, String... options)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("-Xmx256m");
    return OtherJvm.run(OtherJvmTest.class, all, saved.toString());
  }

  private static Path saved(Path folder) throws IOException {
    SequenceNetwork network = SequenceNetwork.create(SPEC, 1);
    for (int step = 0; step < 20; step++) {
      network.trainStep(new RandomBatch(SPEC, 17, 5, 0.2, step).batch());
    }
    return Files.write(folder.resolve("network.zip"), network.save(true));
  }

  /** Loads a network, lets it learn and predict, and prints a fingerprint of what it predicts. */
  public static void main(String[] arguments) throws IOException {
    Logger.getLogger("").addHandler(new ConsoleHandler());
    System.out.println("fingerprint " + fingerprint(Files.readAllBytes(Path.of(arguments[0]))));
  }

  private static String fingerprint(byte[] saved) {
    SequenceNetwork network = SequenceNetwork.load(saved, true);
    RandomBatch batch = new RandomBatch(SPEC, 23, 5, 0.2, 99);
    CRC32 crc = new CRC32();
    add(crc, network.predict(batch.batch()));
    network.seedSteps(3);
    network.trainStep(batch.batch());
    add(crc, network.predict(batch.batch()));
    return HexFormat.of().toHexDigits(crc.getValue());
  }

  private static void add(CRC32 crc, List<float[][]> outputs) {
    for (float[][] head : outputs) {
      for (float[] row : head) {
        ByteBuffer bytes = ByteBuffer.allocate(row.length * Float.BYTES);
        bytes.asFloatBuffer().put(row);
        crc.update(bytes.array());
      }
    }
  }
}
