package io.ilteo.servicekit.security;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.AdvancedTlsX509TrustManager.Verification;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Who this process is and whom it trusts on the wire, as server and as client. Certificates are
 * renewed while it runs: handshakes after that use the new ones, connections that stand stay.
 */
@ApplicationScoped
public class TlsIdentity {
  private static final Logger LOG = Logger.getLogger(TlsIdentity.class);

  private final TlsConfig config;
  private final AdvancedTlsX509KeyManager key = new AdvancedTlsX509KeyManager();
  private final AdvancedTlsX509TrustManager clients =
      trust(Verification.CERTIFICATE_ONLY_VERIFICATION);
  private final AdvancedTlsX509TrustManager servers =
      trust(Verification.CERTIFICATE_AND_HOST_NAME_VERIFICATION);
  private final @Nullable ScheduledExecutorService watch;
  private @Nullable TlsMaterial used;

  TlsIdentity(TlsConfig config) {
    this.config = config;
    if (!config.isOn()) {
      watch = null;
      return;
    }
    try {
      use(read());
    } catch (IOException | GeneralSecurityException failure) {
      throw new IllegalArgumentException(
          "ILTEO_TLS_CERTIFICATE, ILTEO_TLS_KEY, ILTEO_TLS_CLIENT_CA: " + failure.getMessage(),
          failure);
    }
    watch =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("certificates").factory());
    long pause = Math.max(1, config.reloadEvery().toMillis());
    watch.scheduleWithFixedDelay(this::reload, pause, pause, TimeUnit.MILLISECONDS);
  }

  private static AdvancedTlsX509TrustManager trust(Verification verification) {
    try {
      return AdvancedTlsX509TrustManager.newBuilder().setVerification(verification).build();
    } catch (CertificateException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private TlsMaterial read() throws IOException, GeneralSecurityException {
    return TlsMaterial.read(
        config.certificate().orElseThrow(), config.key().orElseThrow(), config.clientCa());
  }

  private void use(TlsMaterial material) throws IOException, GeneralSecurityException {
    if (!material.authorities().isEmpty()) {
      clients.updateTrustCredentials(material.authoritiesAsArray());
      servers.updateTrustCredentials(material.authoritiesAsArray());
    }
    key.updateIdentityCredentials(material.chainAsArray(), material.key());
    used = material;
  }

  private void reload() {
    try {
      TlsMaterial now = read();
      if (!now.hasSameCertificatesAs(Objects.requireNonNull(used))) {
        use(now);
        LOG.infof("the certificate was renewed: it is good until %s", now.goodUntil());
      }
    } catch (IOException | GeneralSecurityException | RuntimeException failure) {
      // Files are replaced one by one: the next look finds them whole, or this line comes again.
      LOG.errorf("the certificate is not renewed, the old one stays: %s", failure.getMessage());
    }
  }

  /** What this process shows to those who connect to it, and to those it connects to. */
  AdvancedTlsX509KeyManager key() {
    return key;
  }

  /** Which clients' certificates count; empty where nobody is asked for one. */
  Optional<AdvancedTlsX509TrustManager> clients() {
    return config.isOn() && config.clientCa().isPresent() ? Optional.of(clients) : Optional.empty();
  }

  boolean isOn() {
    return config.isOn();
  }

  /**
   * How this service calls others: with its certificate, and trusting its CA only. Plain text on
   * one machine, where there is no CA.
   */
  public ChannelCredentials clientCredentials() {
    Optional<Path> authority = config.clientCa();
    if (!config.isOn() || authority.isEmpty()) {
      return InsecureChannelCredentials.create();
    }
    return TlsChannelCredentials.newBuilder().keyManager(key).trustManager(servers).build();
  }

  @PreDestroy
  void stop() {
    if (watch != null) {
      watch.shutdownNow();
    }
  }
}
