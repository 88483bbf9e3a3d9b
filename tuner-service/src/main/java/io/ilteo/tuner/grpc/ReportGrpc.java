package io.ilteo.tuner.grpc;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.ilteo.proto.tuner.v1.GenerateReportRequest;
import io.ilteo.proto.tuner.v1.GenerateReportResponse;
import io.ilteo.proto.tuner.v1.ReportFigure;
import io.ilteo.proto.tuner.v1.ReportFormat;
import io.ilteo.proto.tuner.v1.ReportLanguage;
import io.ilteo.proto.tuner.v1.ReportServiceGrpc;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.servicekit.grpc.Calls;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.report.Report;
import io.ilteo.tuner.report.Reports;
import io.quarkus.grpc.GrpcService;
import java.util.List;
import java.util.Locale;

/** {@code ilteo.tuner.v1.ReportService}. */
@GrpcService
public class ReportGrpc extends ReportServiceGrpc.ReportServiceImplBase {
  private static final int MAX_STUDIES = 16;

  private final Reports reports;

  public ReportGrpc(Reports reports) {
    this.reports = reports;
  }

  @Override
  public void generateReport(
      GenerateReportRequest request, StreamObserver<GenerateReportResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          int count = request.getStudiesCount();
          if (count < 1 || count > MAX_STUDIES) {
            throw new InvalidArgument("studies: " + count + " names; 1 to " + MAX_STUDIES);
          }
          List<StudyId> ids = request.getStudiesList().stream().map(Requests::study).toList();
          Reports.Format format = format(request.getFormat());
          Report report = reports.write(ids, locale(request.getLanguage()), format);
          GenerateReportResponse.Builder response =
              GenerateReportResponse.newBuilder()
                  .setContent(ByteString.copyFromUtf8(report.text()))
                  .setMediaType(
                      format == Reports.Format.HTML
                          ? "text/html; charset=utf-8"
                          : "text/markdown; charset=utf-8");
          for (Report.FigureFile file : report.figures()) {
            response.addFigures(
                ReportFigure.newBuilder()
                    .setFileName(file.fileName())
                    .setPng(ByteString.copyFrom(file.figure().png()))
                    .setSvg(ByteString.copyFromUtf8(file.figure().svg())));
          }
          return response.build();
        });
  }

  private static Locale locale(ReportLanguage language) {
    return switch (language) {
      case REPORT_LANGUAGE_ENGLISH -> Locale.ENGLISH;
      case REPORT_LANGUAGE_KOREAN -> Locale.KOREAN;
      case REPORT_LANGUAGE_UNSPECIFIED, UNRECOGNIZED ->
          throw new InvalidArgument("language is missing; english or korean");
    };
  }

  private static Reports.Format format(ReportFormat format) {
    return switch (format) {
      case REPORT_FORMAT_MARKDOWN -> Reports.Format.MARKDOWN;
      case REPORT_FORMAT_HTML -> Reports.Format.HTML;
      case REPORT_FORMAT_UNSPECIFIED, UNRECOGNIZED ->
          throw new InvalidArgument("format is missing; markdown or html");
    };
  }
}
