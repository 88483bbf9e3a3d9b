package io.ilteo.testkit;

import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Ways to a server on this machine whose certificate a CA of the test's signed. */
public record TlsClient(Path authority) {
  /** For gRPC, without a certificate of one's own. */
  public ManagedChannel channel(int port) throws IOException {
    return NettyChannelBuilder.forAddress(
            "localhost",
            port,
            TlsChannelCredentials.newBuilder().trustManager(authority.toFile()).build())
        .build();
  }

  /** For HTTP. */
  public HttpClient http() throws IOException, GeneralSecurityException {
    return HttpClient.newBuilder().sslContext(context()).build();
  }

  /** For bytes that no client library would send; the TLS handshake is done. */
  public SSLSocket socket(int port, String protocol) throws IOException, GeneralSecurityException {
    SSLSocket socket =
        (SSLSocket)
            context()
                .getSocketFactory()
                .createSocket(new Socket("localhost", port), "localhost", port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {protocol});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private SSLContext context() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(authority)) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
