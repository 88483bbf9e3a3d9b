package io.ilteo.endtoend;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A collector of traces that keeps what it is sent. */
final class Collector extends TraceServiceGrpc.TraceServiceImplBase implements AutoCloseable {
  private final List<SentSpan> spans = new ArrayList<>();
  private final Server server;

  Collector() throws IOException {
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(this)
            .build()
            .start();
  }

  /** A span as it came. */
  record SentSpan(
      String service,
      String trace,
      String id,
      String parent,
      String name,
      Map<String, String> attributes) {
    boolean isStatement() {
      return attributes.containsKey("db.system") || attributes.containsKey("db.system.name");
    }
  }

  String address() {
    return "http://127.0.0.1:" + server.getPort();
  }

  @Override
  public void export(
      ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> answer) {
    synchronized (spans) {
      request.getResourceSpansList().forEach(this::keep);
      spans.notifyAll();
    }
    answer.onNext(ExportTraceServiceResponse.getDefaultInstance());
    answer.onCompleted();
  }

  private void keep(ResourceSpans sent) {
    String service =
        attributes(sent.getResource().getAttributesList()).getOrDefault("service.name", "?");
    for (ScopeSpans scope : sent.getScopeSpansList()) {
      scope
          .getSpansList()
          .forEach(
              span ->
                  spans.add(
                      new SentSpan(
                          service,
                          HexFormat.of().formatHex(span.getTraceId().toByteArray()),
                          HexFormat.of().formatHex(span.getSpanId().toByteArray()),
                          HexFormat.of().formatHex(span.getParentSpanId().toByteArray()),
                          span.getName(),
                          attributes(span.getAttributesList()))));
    }
  }

  private static Map<String, String> attributes(List<KeyValue> attributes) {
    return attributes.stream()
        .collect(
            Collectors.toMap(
                KeyValue::getKey, each -> each.getValue().getStringValue(), (a, b) -> b));
  }

  /** All spans, once they are as wanted. */
  List<SentSpan> await(Duration limit, Predicate<List<SentSpan>> wanted)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    synchronized (spans) {
      while (!wanted.test(spans)) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          throw new AssertionError("after %s there are only %s".formatted(limit, spans));
        }
        TimeUnit.NANOSECONDS.timedWait(spans, left);
      }
      return List.copyOf(spans);
    }
  }

  @Override
  public void close() throws InterruptedException {
    server.shutdownNow().awaitTermination();
  }
}
