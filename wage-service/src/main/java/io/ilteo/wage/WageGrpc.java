package io.ilteo.wage;

import io.grpc.stub.StreamObserver;
import io.ilteo.modelkit.hosting.prediction.Answer;
import io.ilteo.modelkit.hosting.prediction.Predictions;
import io.ilteo.modelkit.training.PredictedAmounts;
import io.ilteo.proto.wage.v1.PredictWagesRequest;
import io.ilteo.proto.wage.v1.PredictWagesResponse;
import io.ilteo.proto.wage.v1.StreamPredictWagesRequest;
import io.ilteo.proto.wage.v1.StreamPredictWagesResponse;
import io.ilteo.proto.wage.v1.WagePrediction;
import io.ilteo.proto.wage.v1.WageServiceGrpc;
import io.ilteo.servicekit.grpc.Calls;
import io.quarkus.grpc.GrpcService;

/** {@code ilteo.wage.v1.WageService}. */
@GrpcService
public class WageGrpc extends WageServiceGrpc.WageServiceImplBase {
  private final Predictions predictions;

  public WageGrpc(Predictions predictions) {
    this.predictions = predictions;
  }

  @Override
  public void predictWages(
      PredictWagesRequest request, StreamObserver<PredictWagesResponse> observer) {
    Calls.unary(observer, () -> predict(request));
  }

  @Override
  public StreamObserver<StreamPredictWagesRequest> streamPredictWages(
      StreamObserver<StreamPredictWagesResponse> observer) {
    return Calls.bidirectional(
        observer,
        request ->
            StreamPredictWagesResponse.newBuilder()
                .setResponse(predict(request.getRequest()))
                .build());
  }

  private PredictWagesResponse predict(PredictWagesRequest request) throws InterruptedException {
    Answer answer =
        predictions.predict(
            request.getModel(),
            request.getHistories(),
            request.getCoverage(),
            request.getExplainTop());
    PredictWagesResponse.Builder response =
        PredictWagesResponse.newBuilder()
            .setModelVersion(answer.model().name())
            .setUnit(answer.model().inputs().mapping().requireWage().unit());
    answer.forEach(
        (rows, row, contributions) -> {
          PredictedAmounts wages = (PredictedAmounts) rows.predicted();
          response.addPredictions(
              WagePrediction.newBuilder()
                  .setPersonId(rows.sequences().personId(row))
                  .setTargetYear(rows.sequences().targetYear(row))
                  .setWage(wages.amounts()[row])
                  .setLower(wages.lower()[row])
                  .setUpper(wages.upper()[row])
                  .addAllContributions(contributions));
        });
    return response.build();
  }
}
