package io.ilteo.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Looks whether all parts of a report are in each of the files that {@code ilteo run} writes. */
final class ReportFiles {
  private static final Pattern FIGURE = Pattern.compile("!\\[.*?]\\((\\S+[.]png)\\)");
  private static final Pattern KIND = Pattern.compile(".*/\\d+-([a-z]+).*[.]png");
  private static final Pattern ADDRESS =
      Pattern.compile("(?:src|href)=\"([^#][^\"]*)\"|url\\(([^)]*)");
  private static final int INKED = 1_000;

  /** What each study's part is headed by, in English and Korean. */
  private static final List<List<String>> EACH =
      List.of(
          List.of(
              "Method",
              "Best hyperparameters",
              "Comparison on the validation fold",
              "Training of the best trial",
              "Winners on fresh seeds",
              "Test fold",
              "Cost",
              "Lineage"),
          List.of(
              "방법",
              "최적 하이퍼파라미터",
              "검증 폴드 비교",
              "최적 시행의 훈련 과정",
              "새 시드로 다시 확인한 후보",
              "시험 폴드",
              "비용",
              "계보"));

  private static final List<List<String>> ONCE =
      List.of(
          List.of(
              "Overview",
              "Models side by side on the test fold",
              "Conclusions",
              "What the figures are",
              "Rules of the conclusions"),
          List.of("개요", "시험 폴드에서 본 모형 비교", "결론", "지표의 뜻", "결론의 규칙"));

  private static final List<List<String>> EACH_SEARCH =
      List.of(
          List.of("Importance of the hyperparameters", "What the choices did (ablation)"),
          List.of("하이퍼파라미터 중요도", "선택별 결과 (절제 비교)"));

  private ReportFiles() {}

  /** The files that a run with {@code --json} says it has written: two languages, two forms. */
  static void assertComplete(JsonNode run) throws IOException {
    List<Path> files =
        run.path("reports").valueStream().map(file -> Path.of(file.asText())).toList();
    assertThat(files).hasSize(4);
    int studies = run.path("studies").size();
    long searches =
        run.path("studies").valueStream().filter(s -> s.path("completed").asInt() > 1).count();
    for (Path file : files) {
      String text = Files.readString(file);
      int language = file.toString().contains(".ko.") ? 1 : 0;
      boolean html = file.toString().endsWith(".html");
      List<String> headings =
          (html ? Pattern.compile("<h[23][^>]*>(.*?)</h[23]>") : Pattern.compile("(?m)^###? (.*)$"))
              .matcher(text)
              .results()
              .map(heading -> heading.group(1))
              .toList();
      assertThat(headings).as(file.toString()).containsAll(ONCE.get(language));
      EACH.get(language).forEach(each -> assertTimes(headings, each, studies));
      EACH_SEARCH.get(language).forEach(each -> assertTimes(headings, each, searches));
      if (html) {
        assertSelfContained(text);
      } else {
        assertFigures(file, text, searches > 0);
      }
    }
  }

  private static void assertTimes(List<String> headings, String wanted, long times) {
    assertThat(headings.stream().filter(wanted::equals).count()).as(wanted).isEqualTo(times);
  }

  /** Nothing is loaded, not even from beside it; the figures and the font are within. */
  private static void assertSelfContained(String html) {
    assertThat(ADDRESS.matcher(html).results())
        .allSatisfy(
            found ->
                assertThat(Objects.requireNonNullElse(found.group(1), found.group(2)))
                    .startsWith("data:"));
    assertThat(html).contains("<svg", "data:font/").doesNotContain("<script");
  }

  /** Every figure is there as PNG and SVG, with something drawn on it. */
  private static void assertFigures(Path report, String markdown, boolean searched)
      throws IOException {
    List<String> figures =
        FIGURE.matcher(markdown.replace("\\", "")).results().map(found -> found.group(1)).toList();
    assertThat(figures)
        .map(ReportFiles::kind)
        .contains("training", "scatter", "residuals", "confusion", "reliability")
        .containsAll(searched ? List.of("history", "importance") : List.of());
    for (String figure : figures) {
      BufferedImage picture =
          Objects.requireNonNull(
              ImageIO.read(report.resolveSibling(figure).toFile()), "no picture: " + figure);
      int paper = picture.getRGB(0, 0);
      long inked =
          IntStream.range(0, picture.getWidth() * picture.getHeight())
              .filter(i -> picture.getRGB(i % picture.getWidth(), i / picture.getWidth()) != paper)
              .count();
      assertThat(inked).as(figure).isGreaterThan(INKED);
      assertThat(report.resolveSibling(figure.replace(".png", ".svg"))).content().contains("<path");
    }
  }

  private static String kind(String figure) {
    return KIND.matcher(figure).replaceFirst("$1");
  }
}
