package io.ilteo.modelkit.panel.importing;

import java.nio.file.Path;

/**
 * A file to import.
 *
 * @param name what the user calls it, with its extension; appears in messages and tells wave and
 *     kind of raw wave files
 * @param path where its bytes lie
 */
public record SurveyFile(String name, Path path) {
  /** The file under its own name. */
  public static SurveyFile of(Path path) {
    return new SurveyFile(String.valueOf(path.getFileName()), path);
  }
}
