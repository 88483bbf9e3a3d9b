package io.ilteo.tuner.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.ilteo.proto.model.v1.DescribeTaskRequest;
import io.ilteo.proto.model.v1.DescribeTaskResponse;
import io.ilteo.proto.model.v1.Task;
import io.ilteo.proto.model.v1.TrainingServiceGrpc;
import io.ilteo.servicekit.error.DomainException.Unavailable;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class GrpcModelServicesTest {
  private static final class Wage extends TrainingServiceGrpc.TrainingServiceImplBase {
    @Override
    public void describeTask(
        DescribeTaskRequest request, StreamObserver<DescribeTaskResponse> answer) {
      answer.onNext(
          DescribeTaskResponse.newBuilder().setTask(Task.newBuilder().setName("wage")).build());
      answer.onCompleted();
    }
  }

  private static Server server(int port) throws IOException {
    return NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
        .addService(new Wage())
        .build()
        .start();
  }

  @Test
  void aServiceThatIsBackAnswersAtOnce() throws Exception {
    Server first = server(0);
    int port = first.getPort();
    try (GrpcModelServices services = new GrpcModelServices("wage=127.0.0.1:" + port)) {
      assertThat(services.describe("wage").getName()).isEqualTo("wage");
      first.shutdownNow().awaitTermination();
      for (int call = 0; call < 3; call++) { // each failure makes the channel wait longer
        assertThatThrownBy(() -> services.describe("wage"))
            .isInstanceOf(Unavailable.class)
            .hasMessageContaining("wage does not answer");
      }
      Server second = server(port);
      try {
        assertThat(services.describe("wage").getName()).isEqualTo("wage");
      } finally {
        second.shutdownNow().awaitTermination();
      }
    }
  }
}
