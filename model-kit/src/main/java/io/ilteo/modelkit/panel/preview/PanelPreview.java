package io.ilteo.modelkit.panel.preview;

import io.ilteo.modelkit.panel.importing.SurveyFile;
import java.util.ArrayList;
import java.util.List;

/**
 * What a file is and how it could be imported.
 *
 * @param proposedMapping shipped mapping that fits, or empty
 * @param proposedYaml a mapping ready to edit; empty where no person, year or target was found
 * @param columns what the proposal makes of each source column
 * @param problems what stands in the way of an import, or needs a look, one line each
 */
public record PanelPreview(
    FileProfile file,
    String proposedMapping,
    String proposedYaml,
    List<ColumnMeaning> columns,
    List<String> problems) {
  private static final long MAX_ROWS = 20_000;

  public PanelPreview {
    columns = List.copyOf(columns);
    problems = List.copyOf(problems);
  }

  /** Looks at the first rows of a whole file and proposes a mapping. */
  public static PanelPreview of(SurveyFile file) {
    return of(FileProfile.of(file, MAX_ROWS, false));
  }

  /** Looks at the head of a file, cut off anywhere, and proposes a mapping. */
  public static PanelPreview ofHead(SurveyFile file) {
    return of(FileProfile.of(file, MAX_ROWS, true));
  }

  private static PanelPreview of(FileProfile profile) {
    List<String> problems = new ArrayList<>(profile.faults());
    PanelPreview shipped = ShippedMatch.best(profile, problems);
    return shipped != null ? shipped : MappingGuess.of(profile, problems);
  }
}
