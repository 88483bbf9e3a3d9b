package io.ilteo.modelkit.hosting;

import io.grpc.stub.StreamObserver;
import io.ilteo.modelkit.panel.importing.SurveyFile;
import io.ilteo.modelkit.panel.preview.PanelPreview;
import io.ilteo.proto.panel.v1.PreviewPanelRequest;
import io.ilteo.proto.panel.v1.PreviewPanelResponse;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.io.IOException;

/** One PreviewPanel call: looks at the first file, of which the head may do. */
final class PanelPreviewCall extends UploadCall<PreviewPanelRequest, PreviewPanelResponse> {
  PanelPreviewCall(ModelServiceConfig config, StreamObserver<PreviewPanelResponse> answer) {
    super(config, answer);
  }

  @Override
  void take(PanelUpload upload, PreviewPanelRequest part) throws IOException {
    switch (part.getPartCase()) {
      case HEADER -> upload.takeHeader(part.getHeader());
      case FILE_START ->
          upload.startFile(part.getFileStart().getFileName(), part.getFileStart().getSizeBytes());
      case CHUNK -> upload.append(part.getChunk().toByteArray());
      case PART_NOT_SET -> throw new InvalidArgument("a message of the preview is empty");
    }
  }

  @Override
  PreviewPanelResponse answer(PanelUpload upload) throws IOException {
    upload.header();
    if (upload.files().isEmpty()) {
      throw new InvalidArgument("the preview has no file");
    }
    SurveyFile file = upload.files().getFirst();
    return PreviewMessages.preview(
        upload.isHead(0) ? PanelPreview.ofHead(file) : PanelPreview.of(file));
  }
}
