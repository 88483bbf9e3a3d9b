package io.ilteo.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A CA and certificates of it, made by the JDK's keytool, as PEM files in a folder. */
public final class Certificates {
  private static final String PASSWORD = "for-tests";

  private final Path folder;

  private Certificates(Path folder) {
    this.folder = folder;
  }

  /** A new CA in an empty folder. */
  public static Certificates newIn(Path folder) throws IOException {
    Certificates certificates = new Certificates(folder);
    certificates.keytool("-genkeypair", "-alias", "ca", "-dname", "CN=ca", "-ext", "bc:c");
    certificates.pem("ca");
    return certificates;
  }

  /** The CA that lies in a folder. */
  public static Certificates in(Path folder) {
    return new Certificates(folder);
  }

  /** Puts one certificate and its key where another lies, as a renewal does. */
  public void replace(String old, String renewed) throws IOException {
    Files.copy(certificate(renewed), certificate(old), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(key(renewed), key(old), StandardCopyOption.REPLACE_EXISTING);
  }

  /** The CA. */
  public Path authority() {
    return folder.resolve("ca.crt");
  }

  /** The certificate of {@code name}. */
  public Path certificate(String name) {
    return folder.resolve(name + ".crt");
  }

  /** The key of {@code name}. */
  public Path key(String name) {
    return folder.resolve(name + ".key");
  }

  /** Makes a certificate of {@code name} for this machine. */
  public Certificates issue(String name) throws IOException {
    keytool("-genkeypair", "-alias", name, "-dname", "CN=" + name);
    Path request = folder.resolve(name + ".csr");
    Path issued = folder.resolve(name + ".issued");
    keytool("-certreq", "-alias", name, "-file", request.toString());
    keytool(
        "-gencert",
        "-alias",
        "ca",
        "-infile",
        request.toString(),
        "-outfile",
        issued.toString(),
        "-ext",
        "san=ip:127.0.0.1,dns:localhost");
    keytool("-importcert", "-alias", name, "-file", issued.toString(), "-noprompt");
    pem(name);
    return this;
  }

  private void keytool(String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    line.addAll(List.of(arguments));
    line.addAll(List.of("-keystore", folder.resolve("keys.p12").toString()));
    line.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    if (arguments[0].equals("-genkeypair")) {
      line.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
    }
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool: " + said);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }

  private void pem(String name) throws IOException {
    try {
      KeyStore store =
          KeyStore.getInstance(folder.resolve("keys.p12").toFile(), PASSWORD.toCharArray());
      StringBuilder chain = new StringBuilder();
      for (Certificate certificate : store.getCertificateChain(name)) {
        chain.append(text("CERTIFICATE", certificate.getEncoded()));
      }
      Files.writeString(certificate(name), chain);
      Key key = store.getKey(name, PASSWORD.toCharArray());
      Files.writeString(key(name), text("PRIVATE KEY", key.getEncoded()));
    } catch (GeneralSecurityException failure) {
      throw new IOException(failure);
    }
  }

  private static String text(String what, byte[] bytes) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(what, Base64.getMimeEncoder().encodeToString(bytes), what);
  }
}
