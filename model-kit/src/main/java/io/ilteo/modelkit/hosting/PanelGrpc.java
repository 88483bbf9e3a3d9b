package io.ilteo.modelkit.hosting;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.modelkit.panel.mapping.Mappings;
import io.ilteo.modelkit.panel.store.PanelStore;
import io.ilteo.modelkit.panel.store.StoredPanel;
import io.ilteo.modelkit.panel.summary.PanelSummary;
import io.ilteo.modelkit.panel.synthetic.SyntheticPanel;
import io.ilteo.proto.panel.v1.DeletePanelRequest;
import io.ilteo.proto.panel.v1.DeletePanelResponse;
import io.ilteo.proto.panel.v1.DescribePanelRequest;
import io.ilteo.proto.panel.v1.DescribePanelResponse;
import io.ilteo.proto.panel.v1.GetPanelRequest;
import io.ilteo.proto.panel.v1.GetPanelResponse;
import io.ilteo.proto.panel.v1.ImportPanelRequest;
import io.ilteo.proto.panel.v1.ImportPanelResponse;
import io.ilteo.proto.panel.v1.ListMappingsRequest;
import io.ilteo.proto.panel.v1.ListMappingsResponse;
import io.ilteo.proto.panel.v1.ListPanelsRequest;
import io.ilteo.proto.panel.v1.ListPanelsResponse;
import io.ilteo.proto.panel.v1.PanelServiceGrpc;
import io.ilteo.proto.panel.v1.PreviewPanelRequest;
import io.ilteo.proto.panel.v1.PreviewPanelResponse;
import io.ilteo.proto.panel.v1.SynthesizePanelRequest;
import io.ilteo.proto.panel.v1.SynthesizePanelResponse;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.servicekit.grpc.Calls;
import io.quarkus.grpc.GrpcService;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.util.List;

/** {@code ilteo.panel.v1.PanelService}, the same for every task. */
@GrpcService
public class PanelGrpc extends PanelServiceGrpc.PanelServiceImplBase {
  private static final int CHUNK_BYTES = 256 << 10;
  private static final int DEFAULT_PAGE = 100;
  private static final int MAX_PAGE = 1_000;

  private final PanelStore panels;
  private final ModelServiceConfig config;

  public PanelGrpc(PanelStore panels, ModelServiceConfig config) {
    this.panels = panels;
    this.config = config;
  }

  @Override
  public StreamObserver<ImportPanelRequest> importPanel(
      StreamObserver<ImportPanelResponse> observer) {
    return new PanelImportCall(panels, config, observer);
  }

  @Override
  public StreamObserver<PreviewPanelRequest> previewPanel(
      StreamObserver<PreviewPanelResponse> observer) {
    return new PanelPreviewCall(config, observer);
  }

  @Override
  public void describePanel(
      DescribePanelRequest request, StreamObserver<DescribePanelResponse> observer) {
    Calls.unary(
        observer, () -> PreviewMessages.summary(PanelSummary.of(panels.load(request.getName()))));
  }

  @Override
  public void getPanel(GetPanelRequest request, StreamObserver<GetPanelResponse> observer) {
    Calls.unary(
        observer,
        () ->
            GetPanelResponse.newBuilder()
                .setPanel(PanelMessages.panel(panels.describe(request.getName())))
                .build());
  }

  @Override
  public void listPanels(ListPanelsRequest request, StreamObserver<ListPanelsResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          int size = request.getPageSize() == 0 ? DEFAULT_PAGE : request.getPageSize();
          if (size < 1 || size > MAX_PAGE) {
            throw new InvalidArgument("page_size is " + size + "; 1 to 1000");
          }
          String token = request.getPageToken();
          List<StoredPanel> page = panels.list(size, token.isEmpty() ? null : token);
          ListPanelsResponse.Builder response = ListPanelsResponse.newBuilder();
          page.forEach(panel -> response.addPanels(PanelMessages.panel(panel)));
          if (page.size() == size) {
            response.setNextPageToken(page.getLast().name());
          }
          return response.build();
        });
  }

  @Override
  public void deletePanel(
      DeletePanelRequest request, StreamObserver<DeletePanelResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          panels.delete(request.getName());
          return DeletePanelResponse.getDefaultInstance();
        });
  }

  @Override
  public void listMappings(
      ListMappingsRequest request, StreamObserver<ListMappingsResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          ListMappingsResponse.Builder response = ListMappingsResponse.newBuilder();
          for (String name : Mappings.shipped()) {
            Mapping mapping = Mappings.named(name);
            response.addMappings(
                io.ilteo.proto.panel.v1.Mapping.newBuilder()
                    .setName(name)
                    .setDescription(mapping.description())
                    .setYaml(Mappings.yamlOf(name)));
          }
          return response.build();
        });
  }

  @Override
  public void synthesizePanel(
      SynthesizePanelRequest request, StreamObserver<SynthesizePanelResponse> observer) {
    Calls.<SynthesizePanelResponse>serverStream(
        observer,
        emitter -> {
          SyntheticPanel panel = new SyntheticPanel(request.getPersons(), request.getSeed());
          OutputStream chunks =
              new OutputStream() {
                @Override
                public void write(int single) {
                  write(new byte[] {(byte) single}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) {
                  emitter.emit(
                      SynthesizePanelResponse.newBuilder()
                          .setChunk(ByteString.copyFrom(bytes, offset, length))
                          .build());
                }
              };
          try (OutputStream buffered = new BufferedOutputStream(chunks, CHUNK_BYTES)) {
            panel.writeCsv(buffered);
          }
        });
  }
}
