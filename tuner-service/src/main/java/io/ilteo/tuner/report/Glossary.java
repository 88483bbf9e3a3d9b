package io.ilteo.tuner.report;

import static io.ilteo.proto.model.v1.Direction.DIRECTION_MINIMIZE;

import io.ilteo.proto.model.v1.MetricSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the tasks say of their figures, for readers who meet them for the first time. */
final class Glossary {
  private final Wording wording;

  Glossary(Wording wording) {
    this.wording = wording;
  }

  /** One row for each figure; nothing while the services are away. */
  List<Block> compose(List<StudyResult> results) {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (StudyResult result : results) {
      for (MetricSpec metric : result.metrics()) {
        // Not what another one is by group, such as rmse_wage_band_1.
        if (result.best().metrics().containsKey(metric.getName())
            && result.metrics().stream()
                .noneMatch(other -> metric.getName().startsWith(other.getName() + "_"))) {
          rows.putIfAbsent(metric.getName(), row(metric));
        }
      }
    }
    return rows.isEmpty()
        ? List.of()
        : List.of(
            new Block.Heading(3, wording.say("metrics")),
            new Block.Table(
                List.of(
                    wording.say("metrics.metric"),
                    wording.say("metrics.meaning"),
                    wording.say("metrics.better")),
                List.copyOf(rows.values()),
                Block.Table.Kind.WORDS));
  }

  private List<String> row(MetricSpec metric) {
    String meaning =
        wording.language().equals("ko") ? metric.getDescriptionKo() : metric.getDescriptionEn();
    return List.of(
        metric.getName(),
        wording.measured(meaning, metric.getUnit()),
        wording.say(
            metric.getDirection() == DIRECTION_MINIMIZE ? "metrics.lower" : "metrics.higher"));
  }
}
