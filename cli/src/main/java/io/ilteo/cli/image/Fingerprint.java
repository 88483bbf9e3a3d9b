package io.ilteo.cli.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A short name for what is in folders and words: another for the least change. */
record Fingerprint(String text) {
  private static final int DIGITS = 16;

  static Fingerprint of(List<Path> folders, List<String> words) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
    try (OutputStream to = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      for (String word : words) {
        to.write(word.getBytes(StandardCharsets.UTF_8));
        to.write(0);
      }
      for (Path folder : folders) {
        for (Path path : Staging.tree(folder)) {
          to.write(folder.relativize(path).toString().getBytes(StandardCharsets.UTF_8));
          to.write(0);
          if (Files.isRegularFile(path)) {
            try (InputStream content = Files.newInputStream(path)) {
              content.transferTo(to);
            }
          }
        }
      }
    }
    return new Fingerprint(HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS));
  }
}
