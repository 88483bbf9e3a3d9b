package io.ilteo.modelkit.hosting;

import io.grpc.stub.StreamObserver;
import io.ilteo.modelkit.panel.importing.ImportedPanel;
import io.ilteo.modelkit.panel.importing.PanelImport;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.modelkit.panel.mapping.Mappings;
import io.ilteo.modelkit.panel.store.PanelStore;
import io.ilteo.proto.panel.v1.ImportHeader;
import io.ilteo.proto.panel.v1.ImportPanelRequest;
import io.ilteo.proto.panel.v1.ImportPanelResponse;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.io.IOException;

/** One ImportPanel call: parts arrive in a folder of its own, which is gone when the call ends. */
final class PanelImportCall extends UploadCall<ImportPanelRequest, ImportPanelResponse> {
  private final PanelStore panels;

  PanelImportCall(
      PanelStore panels, ModelServiceConfig config, StreamObserver<ImportPanelResponse> answer) {
    super(config, answer);
    this.panels = panels;
  }

  @Override
  void take(PanelUpload upload, ImportPanelRequest part) throws IOException {
    switch (part.getPartCase()) {
      case HEADER -> upload.takeHeader(part.getHeader());
      case FILE_START ->
          upload.startFile(part.getFileStart().getFileName(), part.getFileStart().getSizeBytes());
      case CHUNK -> upload.append(part.getChunk().toByteArray());
      case PART_NOT_SET -> throw new InvalidArgument("a message of the import is empty");
    }
  }

  @Override
  ImportPanelResponse answer(PanelUpload upload) {
    ImportHeader header = upload.header();
    Mapping mapping =
        switch (header.getMappingSourceCase()) {
          case MAPPING -> Mappings.named(header.getMapping());
          case MAPPING_YAML -> Mappings.parse(header.getMappingYaml());
          case MAPPINGSOURCE_NOT_SET ->
              throw new InvalidArgument(
                  "the mapping is missing; shipped are " + Mappings.shipped());
        };
    ImportedPanel imported = PanelImport.read(upload.files(), mapping);
    String name =
        header.getDisplayName().isBlank()
            ? upload.files().getFirst().name()
            : header.getDisplayName();
    PanelStore.Saved saved = panels.save(imported, name);
    return ImportPanelResponse.newBuilder()
        .setPanel(PanelMessages.panel(saved.panel()))
        .setCreated(saved.created())
        .build();
  }
}
