package io.ilteo.servicekit.security;

import io.grpc.util.CertificateUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A certificate with its key, and the CA whose certificates are trusted, as they stood in their
 * files together.
 *
 * @param chain its own certificate first
 * @param authorities empty where no CA is configured
 */
record TlsMaterial(List<X509Certificate> chain, PrivateKey key, List<X509Certificate> authorities) {
  private static final byte[] PROBE = {1, 2, 3, 4};

  /**
   * Reads PEM files.
   *
   * @throws GeneralSecurityException also if the key is not the certificate's, as while the files
   *     are being replaced
   */
  static TlsMaterial read(Path certificate, Path key, Optional<Path> authority)
      throws IOException, GeneralSecurityException {
    TlsMaterial material =
        new TlsMaterial(
            certificates(certificate),
            key(key),
            authority.isPresent() ? certificates(authority.get()) : List.of());
    material.requireKeyOfCertificate(certificate, key);
    return material;
  }

  private static List<X509Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> certificates = List.of(CertificateUtils.getX509Certificates(in));
      if (certificates.isEmpty()) {
        throw new GeneralSecurityException(file + " holds no certificate");
      }
      return certificates;
    }
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateUtils.getPrivateKey(in);
    }
  }

  private void requireKeyOfCertificate(Path certificateFile, Path keyFile)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> key.getAlgorithm();
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(PROBE);
    byte[] signed = signature.sign();
    signature.initVerify(chain.getFirst().getPublicKey());
    signature.update(PROBE);
    if (!signature.verify(signed)) {
      throw new GeneralSecurityException(
          "%s is not the key of %s".formatted(keyFile, certificateFile));
    }
  }

  boolean hasSameCertificatesAs(TlsMaterial other) {
    return chain.equals(other.chain) && authorities.equals(other.authorities);
  }

  Instant goodUntil() {
    return chain.getFirst().getNotAfter().toInstant();
  }

  X509Certificate[] chainAsArray() {
    return chain.toArray(X509Certificate[]::new);
  }

  X509Certificate[] authoritiesAsArray() {
    return authorities.toArray(X509Certificate[]::new);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "certificate of " + chain.getFirst().getSubjectX500Principal();
  }
}
