package io.ilteo.cli.command;

import io.ilteo.cli.client.Services;
import io.ilteo.cli.client.Values;
import io.ilteo.proto.tuner.v1.GetParetoFrontRequest;
import io.ilteo.proto.tuner.v1.GetStudyRequest;
import io.ilteo.proto.tuner.v1.Objective;
import io.ilteo.proto.tuner.v1.Point;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what a study with several objectives trades against what. */
@Command(
    name = "front",
    description = "Lists the trials that no other dominates, by the first objective.",
    footer = {"", "Example:", "  ./ilteo study front studies/1"})
final class StudyFrontCommand extends PlatformCommand {
  @Parameters(paramLabel = "STUDY", description = "E.g. studies/1.")
  private String name = "";

  @Override
  public Integer call() {
    try (Services services = services()) {
      List<String> metrics =
          services
              .studies()
              .getStudy(GetStudyRequest.newBuilder().setName(name).build())
              .getStudy()
              .getSpec()
              .getObjectivesList()
              .stream()
              .map(Objective::getMetric)
              .toList();
      services
          .analysis()
          .getParetoFront(GetParetoFrontRequest.newBuilder().setStudy(name).build())
          .getFrontList()
          .stream()
          .sorted(Comparator.comparingDouble(point -> point.getObjectives(0)))
          .forEach(point -> show(metrics, point));
    }
    return 0;
  }

  private void show(List<String> metrics, Point point) {
    String trial = name + "/trials/" + point.getTrialNumber();
    String parameters = Values.parameters(point.getParametersList());
    if (json) {
      printJson(
          Map.of(
              "name", trial,
              "metrics", metrics,
              "objectives", point.getObjectivesList(),
              "parameters", parameters));
      return;
    }
    String values =
        point.getObjectivesList().stream().map(Values::number).collect(Collectors.joining("  "));
    out().printf("%-24s %s  %s%n", trial, values, parameters);
  }
}
