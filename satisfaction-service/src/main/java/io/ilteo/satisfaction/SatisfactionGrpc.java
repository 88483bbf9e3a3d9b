package io.ilteo.satisfaction;

import io.grpc.stub.StreamObserver;
import io.ilteo.modelkit.hosting.prediction.Answer;
import io.ilteo.modelkit.hosting.prediction.Predictions;
import io.ilteo.modelkit.hosting.prediction.Rows;
import io.ilteo.modelkit.training.PredictedClasses;
import io.ilteo.proto.model.v1.Contribution;
import io.ilteo.proto.satisfaction.v1.PredictSatisfactionRequest;
import io.ilteo.proto.satisfaction.v1.PredictSatisfactionResponse;
import io.ilteo.proto.satisfaction.v1.SatisfactionPrediction;
import io.ilteo.proto.satisfaction.v1.SatisfactionServiceGrpc;
import io.ilteo.proto.satisfaction.v1.StreamPredictSatisfactionRequest;
import io.ilteo.proto.satisfaction.v1.StreamPredictSatisfactionResponse;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.servicekit.grpc.Calls;
import io.quarkus.grpc.GrpcService;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** {@code ilteo.satisfaction.v1.SatisfactionService}. */
@GrpcService
public class SatisfactionGrpc extends SatisfactionServiceGrpc.SatisfactionServiceImplBase {
  private static final double LOWEST_COVERAGE = 0.5;

  private final Predictions predictions;

  public SatisfactionGrpc(Predictions predictions) {
    this.predictions = predictions;
  }

  @Override
  public void predictSatisfaction(
      PredictSatisfactionRequest request, StreamObserver<PredictSatisfactionResponse> observer) {
    Calls.unary(observer, () -> predict(request));
  }

  @Override
  public StreamObserver<StreamPredictSatisfactionRequest> streamPredictSatisfaction(
      StreamObserver<StreamPredictSatisfactionResponse> observer) {
    return Calls.bidirectional(
        observer,
        request ->
            StreamPredictSatisfactionResponse.newBuilder()
                .setResponse(predict(request.getRequest()))
                .build());
  }

  private PredictSatisfactionResponse predict(PredictSatisfactionRequest request)
      throws InterruptedException {
    double coverage = request.getCoverage();
    if (coverage != 0 && !(coverage > LOWEST_COVERAGE && coverage < 1)) {
      throw new InvalidArgument("coverage %s; between 0.5 and 1".formatted(coverage));
    }
    Predictions.requireExplainable(request.getHistories(), request.getExplainTop());
    boolean occluding =
        switch (request.getContributionMethod()) {
          case CONTRIBUTION_METHOD_UNSPECIFIED, CONTRIBUTION_METHOD_OCCLUSION -> true;
          case CONTRIBUTION_METHOD_INTEGRATED_GRADIENTS -> false;
          case UNRECOGNIZED ->
              throw new InvalidArgument(
                  "contribution_method is unknown; occlusion or integrated gradients");
        };
    Answer predicted =
        predictions.predict(
            request.getModel(),
            request.getHistories(),
            coverage,
            occluding ? request.getExplainTop() : 0);
    Answer answer =
        occluding || request.getExplainTop() == 0
            ? predicted
            : new Answer(
                predicted.model(),
                predicted.parts(),
                gradients(predicted, request.getExplainTop()));
    Map<Rows, List<List<Double>>> attention = new IdentityHashMap<>();
    if (request.getAttentionWeights()) {
      for (Rows rows : answer.parts()) {
        attention.put(rows, answer.model().attention(rows.sequences()));
      }
    }
    PredictSatisfactionResponse.Builder response =
        PredictSatisfactionResponse.newBuilder().setModelVersion(answer.model().name());
    answer.forEach(
        (rows, row, contributions) -> {
          PredictedClasses classes = (PredictedClasses) rows.predicted();
          SatisfactionPrediction.Builder prediction =
              SatisfactionPrediction.newBuilder()
                  .setPersonId(rows.sequences().personId(row))
                  .setTargetYear(rows.sequences().targetYear(row))
                  .setPredictedClass(classes.decided()[row])
                  .addAllContributions(contributions);
          List<List<Double>> weights = attention.getOrDefault(rows, List.of());
          if (!weights.isEmpty()) {
            prediction.addAllAttentionWeights(weights.get(row));
          }
          for (int c = 0; c < classes.labels().size(); c++) {
            prediction.addProbabilities(classes.probabilities()[row][c]);
            if (classes.sets()[row][c]) {
              prediction.addPredictionSet(c);
            }
          }
          response.addPredictions(prediction);
        });
    return response.addAllClassLabels(labels(answer)).build();
  }

  private static List<List<Contribution>> gradients(Answer answer, int top)
      throws InterruptedException {
    List<List<Contribution>> contributions = new ArrayList<>();
    for (Rows rows : answer.parts()) {
      int[] own = IntStream.range(rows.from(), rows.to()).toArray();
      PredictedClasses classes = (PredictedClasses) rows.predicted();
      int[] decided = IntStream.of(own).map(row -> classes.decided()[row]).toArray();
      contributions.addAll(answer.model().integratedGradients(rows.sequences(), own, decided, top));
    }
    return contributions;
  }

  private static List<String> labels(Answer answer) {
    return ((PredictedClasses) answer.parts().getFirst().predicted()).labels();
  }
}
