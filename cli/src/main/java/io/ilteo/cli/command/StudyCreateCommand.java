package io.ilteo.cli.command;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.ilteo.cli.client.Services;
import io.ilteo.proto.tuner.v1.CreateStudyRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.Paths;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a study from its JSON form. */
@Command(
    name = "create",
    description = {
      "Creates a study from a file: a CreateStudyRequest as protobuf JSON (docs/guide/studies.md).",
      "What the file leaves out is filled in from the task's model service."
    },
    footer = {"", "Example:", "  ./ilteo study create docs/examples/ask_tell.json --start"})
final class StudyCreateCommand extends PlatformCommand {
  @Parameters(paramLabel = "FILE", description = "JSON of the study.")
  private Path file = Paths.get("");

  @Option(names = "--panel", paramLabel = "PANEL", description = "Panel in place of the file's.")
  private String panel = "";

  @Option(names = "--start", description = "Start it at once.")
  private boolean start;

  @Override
  public Integer call() throws IOException {
    CreateStudyRequest.Builder request = read();
    if (!panel.isEmpty()) {
      request.getSpecBuilder().getDataBuilder().setPanel(panel);
    }
    if (start) {
      request.setStart(true);
    }
    try (Services services = services()) {
      StudyCommand.print(this, services.studies().createStudy(request.build()).getStudy());
    }
    return 0;
  }

  private CreateStudyRequest.Builder read() throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    CreateStudyRequest.Builder request = CreateStudyRequest.newBuilder();
    try {
      JsonFormat.parser().merge(Files.readString(file), request);
    } catch (InvalidProtocolBufferException wrong) {
      throw wrongUsage(file + ": " + wrong.getMessage());
    }
    return request;
  }
}
