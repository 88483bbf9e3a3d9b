package io.ilteo.wage;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.ilteo.modelkit.hosting.bench.ModelServiceClient;
import io.ilteo.modelkit.hosting.bench.PanelHistories;
import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.store.PanelStore;
import io.ilteo.modelkit.training.ModelTask;
import io.ilteo.proto.model.v1.HistoryBatch;
import io.ilteo.proto.model.v1.ModelVersion;
import io.ilteo.proto.wage.v1.PredictWagesRequest;
import io.ilteo.proto.wage.v1.PredictWagesResponse;
import io.ilteo.proto.wage.v1.WageServiceGrpc;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A wage service with two versions of two small networks, of which one is the champion. */
abstract class ServedWages {
  private static final int WAVES = 6;

  @ConfigProperty(name = "quarkus.grpc.server.test-port")
  int grpcPort;

  @Inject DataSource dataSource;
  @Inject PanelStore panels;
  @Inject ModelTask task;

  ManagedChannel channel;
  ModelServiceClient client;
  String panelName;
  ModelVersion single;
  ModelVersion ensemble;
  HistoryBatch histories;

  @BeforeEach
  void trainTwoVersions() throws Exception {
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", grpcPort)
            .usePlaintext()
            .maxInboundMessageSize(64 << 20)
            .build();
    client = new ModelServiceClient(channel);
    panelName = client.importPanel(client.synthesize(300, 7));
    String first = client.train(panelName, 11, 2);
    String second = client.train(panelName, 12, 2);
    single = client.register(first);
    ensemble = client.register(first, second);
    client.serve(single);
    histories = histories(40);
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
  }

  /** The last known years of the first persons who have a wage in them. */
  private HistoryBatch histories(int count) {
    Panel panel = panels.load(panelName);
    PanelHistories source = new PanelHistories(panel, single.getInputColumnsList());
    HistoryBatch.Builder batch = source.batch();
    for (int p = 0; p < panel.personCount() && batch.getPersonsCount() < count; p++) {
      int last = panel.start(p + 1) - 1;
      if (!Float.isNaN(panel.column("wage").value(last))) {
        batch.addPersons(source.person(p, last, WAVES));
      }
    }
    return batch.build();
  }

  final PredictWagesRequest.Builder only(int person) {
    return PredictWagesRequest.newBuilder()
        .setHistories(
            histories.toBuilder().clearPersons().addPersons(histories.getPersons(person)));
  }

  final PredictWagesResponse predict(PredictWagesRequest.Builder request) {
    if (!request.hasHistories()) {
      request.setHistories(histories);
    }
    return WageServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(30, TimeUnit.SECONDS)
        .predictWages(request.build());
  }

  final void execute(String sql) throws Exception {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
