package io.ilteo.cli.command;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.ilteo.cli.client.PanelFiles;
import io.ilteo.cli.client.Services;
import io.ilteo.cli.platform.Service;
import io.ilteo.proto.panel.v1.FileStart;
import io.ilteo.proto.panel.v1.ImportHeader;
import io.ilteo.proto.panel.v1.ImportPanelResponse;
import io.ilteo.proto.panel.v1.ListMappingsRequest;
import io.ilteo.proto.panel.v1.ListPanelsRequest;
import io.ilteo.proto.panel.v1.Mapping;
import io.ilteo.proto.panel.v1.Panel;
import io.ilteo.proto.panel.v1.PanelServiceGrpc;
import io.ilteo.proto.panel.v1.PreviewPanelRequest;
import io.ilteo.proto.panel.v1.PreviewPanelResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports and shows panels. */
@Command(
    name = "panel",
    mixinStandardHelpOptions = true,
    description = "Imports and shows panels.",
    subcommands = {
      PanelCommand.Import.class,
      PanelCommand.Listing.class,
      PanelCommand.Preview.class,
      PanelCommand.Mappings.class,
      PanelCommand.Synthesize.class
    },
    footer = {
      "",
      "Examples:",
      "  ./ilteo panel preview klips.csv",
      "  ./ilteo panel import klips.csv --mapping klips-long",
      "  ./ilteo panel import folder-of-waves/ --mapping klips-raw",
      "  ./ilteo panel synthesize --persons 36000 --out full.csv"
    })
final class PanelCommand implements Runnable {
  @picocli.CommandLine.Spec
  private picocli.CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

  @Override
  public void run() {
    Objects.requireNonNull(spec).commandLine().usage(System.out);
  }

  /** Imports into both model services. */
  @Command(name = "import", description = "Imports a file, or a folder of wave files.")
  static final class Import extends PlatformCommand {
    @Parameters(
        paramLabel = "FILE",
        description = "CSV, Stata, SAS, SPSS or Excel file, or folder.")
    private Path file = Path.of("");

    @Option(
        names = "--mapping",
        required = true,
        paramLabel = "NAME",
        description = "Shipped mapping, or path of a YAML file.")
    private String mapping = "";

    @Override
    public Integer call() throws IOException {
      ImportHeader header = PanelFiles.header(String.valueOf(file.getFileName()), mapping);
      try (Services services = services()) {
        for (Service service : new Service[] {Service.WAGE, Service.SATISFACTION}) {
          ImportPanelResponse response =
              PanelFiles.importInto(services, service, header, PanelFiles.of(file));
          print(this, response.getPanel());
        }
      }
      return 0;
    }
  }

  /** Lists panels. */
  @Command(name = "list", description = "Lists the panels of the wage service.")
  static final class Listing extends PlatformCommand {
    @Override
    public Integer call() {
      try (Services services = services()) {
        services
            .panels(Service.WAGE)
            .listPanels(ListPanelsRequest.getDefaultInstance())
            .getPanelsList()
            .forEach(panel -> print(this, panel));
      }
      return 0;
    }
  }

  /** Lists shipped mappings. */
  @Command(name = "mappings", description = "Lists the shipped mappings; with a name, prints it.")
  static final class Mappings extends PlatformCommand {
    @Parameters(paramLabel = "NAME", arity = "0..1", defaultValue = "")
    private String name = "";

    @Override
    public Integer call() {
      try (Services services = services()) {
        for (Mapping mapping :
            services
                .panels(Service.WAGE)
                .listMappings(ListMappingsRequest.getDefaultInstance())
                .getMappingsList()) {
          if (name.isEmpty()) {
            out().printf("%-14s %s%n", mapping.getName(), mapping.getDescription());
          } else if (mapping.getName().equals(name)) {
            out().print(mapping.getYaml());
            out().flush();
          }
        }
      }
      return 0;
    }
  }

  /** Writes a synthetic panel. */
  @Command(name = "synthesize", description = "Writes a synthetic KLIPS-like panel as CSV.")
  static final class Synthesize extends PlatformCommand {
    @Option(names = "--persons", defaultValue = "3000", description = "Persons (default 3000).")
    private int persons;

    @Option(names = "--seed", defaultValue = "1", description = "Seed (default 1).")
    private long seed;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to write.")
    private Path target = Path.of("");

    @Override
    public Integer call() throws IOException {
      try (Services services = services()) {
        PanelFiles.synthesize(services, persons, seed, target);
      }
      out().println(target);
      return 0;
    }
  }

  /** Shows what a file would become. */
  @Command(name = "preview", description = "Proposes a mapping and shows what each column becomes.")
  static final class Preview extends PlatformCommand {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int HEAD_BYTES = 4 * CHUNK_BYTES;

    @Parameters(paramLabel = "FILE")
    private Path file = Path.of("");

    @Option(names = "--yaml", description = "Print the proposed mapping, ready to edit.")
    private boolean yaml;

    @Override
    public Integer call() throws Exception {
      CompletableFuture<PreviewPanelResponse> answer = new CompletableFuture<>();
      try (Services services = services();
          InputStream in = Files.newInputStream(file)) {
        var call =
            PanelServiceGrpc.newStub(services.channel(Service.WAGE))
                .previewPanel(io.ilteo.cli.client.FirstAnswer.of(answer));
        call.onNext(
            PreviewPanelRequest.newBuilder()
                .setHeader(ImportHeader.newBuilder().setDisplayName(file.toString()))
                .build());
        call.onNext(
            PreviewPanelRequest.newBuilder()
                .setFileStart(
                    FileStart.newBuilder()
                        .setFileName(String.valueOf(file.getFileName()))
                        .setSizeBytes(Files.size(file)))
                .build());
        for (int sent = 0; sent < HEAD_BYTES; sent += CHUNK_BYTES) {
          byte[] chunk = in.readNBytes(CHUNK_BYTES);
          call.onNext(
              PreviewPanelRequest.newBuilder().setChunk(ByteString.copyFrom(chunk)).build());
        }
        call.onCompleted();
        show(answer.get());
        return answer.get().getProblemsCount() == 0 ? 0 : Failures.INVALID_INPUT;
      } catch (ExecutionException failure) {
        throw io.grpc.Status.fromThrowable(failure.getCause()).asRuntimeException();
      }
    }

    private void show(PreviewPanelResponse preview) throws InvalidProtocolBufferException {
      if (yaml) {
        out().print(preview.getProposedYaml());
        out().flush();
        return;
      }
      if (json) {
        out().println(JsonFormat.printer().omittingInsignificantWhitespace().print(preview));
      } else {
        PreviewTable.print(preview, out());
      }
      preview.getProblemsList().forEach(problem -> err().println("problem: " + problem));
    }
  }

  private static void print(PlatformCommand command, Panel panel) {
    if (command.json) {
      command.printJson(
          Map.of(
              "name", panel.getName(),
              "display_name", panel.getDisplayName(),
              "mapping", panel.getMapping(),
              "person_years", panel.getPersonYears(),
              "persons", panel.getPersons()));
      return;
    }
    PrintWriter out = command.out();
    out.printf(
        "%s  %s  %,d person-years of %,d persons, %d to %d, mapping %s%n",
        panel.getName(),
        panel.getDisplayName(),
        panel.getPersonYears(),
        panel.getPersons(),
        panel.getFirstYear(),
        panel.getLastYear(),
        panel.getMapping());
    panel
        .getExclusionsList()
        .forEach(
            exclusion ->
                out.printf(
                    "  left out: %,d rows, %s (first: %s)%n",
                    exclusion.getRows(), exclusion.getReason(), exclusion.getFirstPlace()));
  }
}
