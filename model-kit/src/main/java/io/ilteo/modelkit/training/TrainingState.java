package io.ilteo.modelkit.training;

import io.ilteo.modelkit.recurrent.SequenceNetwork;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything that the next epoch depends on, so that a resumed training equals an uninterrupted one
 * bit for bit. Random numbers need no state: each epoch draws its own from (seed, epoch).
 *
 * @param epoch epochs completed
 * @param bestEpoch the best so far, 0 if none
 * @param bestMetrics its metrics
 * @param bestWeights its weights
 */
@SuppressWarnings("ArrayRecordComponent")
record TrainingState(
    SequenceNetwork network,
    int epoch,
    int bestEpoch,
    Map<String, Double> bestMetrics,
    float[] bestWeights) {
  private static final int MAGIC = 0x494C5432;

  byte[] toBytes(String fingerprint) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeUTF(fingerprint);
      out.writeInt(epoch);
      out.writeInt(bestEpoch);
      out.writeInt(bestMetrics.size());
      for (Map.Entry<String, Double> metric : bestMetrics.entrySet()) {
        out.writeUTF(metric.getKey());
        out.writeDouble(metric.getValue());
      }
      out.writeInt(bestWeights.length);
      for (float weight : bestWeights) {
        out.writeFloat(weight);
      }
      byte[] saved = network.save(true);
      out.writeInt(saved.length);
      out.write(saved);
      return bytes.toByteArray();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws FailedPrecondition if it is damaged, or was written under another fingerprint
   */
  static TrainingState fromBytes(byte[] state, String fingerprint) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
      if (in.readInt() != MAGIC) {
        throw new FailedPrecondition("the checkpoint was written by another version of the code");
      }
      String written = in.readUTF();
      if (!written.equals(fingerprint)) {
        throw new FailedPrecondition(
            "the checkpoint is of another training (%s); this one has %s"
                .formatted(written, fingerprint));
      }
      int epoch = in.readInt();
      int bestEpoch = in.readInt();
      Map<String, Double> metrics = new LinkedHashMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        metrics.put(in.readUTF(), in.readDouble());
      }
      float[] weights = new float[in.readInt()];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = in.readFloat();
      }
      byte[] saved = in.readNBytes(in.readInt());
      return new TrainingState(
          SequenceNetwork.load(saved, true), epoch, bestEpoch, metrics, weights);
    } catch (IOException | IllegalArgumentException damaged) {
      throw new FailedPrecondition("the checkpoint is damaged: " + damaged.getMessage());
    }
  }
}
