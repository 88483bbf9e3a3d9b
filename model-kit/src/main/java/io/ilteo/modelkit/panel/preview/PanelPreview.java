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

  /** Looks at the head of {@code file} and proposes a mapping. */
  public static PanelPreview of(SurveyFile file) {
    FileProfile profile = FileProfile.of(file, MAX_ROWS);
    List<String> problems = new ArrayList<>(profile.faults());
    PanelPreview shipped = ShippedMatch.best(profile, problems);
    return shipped != null ? shipped : MappingGuess.of(profile, problems);
  }
}
