package io.ilteo.modelkit.panel.preview;

import io.ilteo.modelkit.panel.mapping.ColumnRole;
import io.ilteo.modelkit.panel.mapping.ColumnSpec;
import io.ilteo.modelkit.panel.mapping.ColumnType;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.modelkit.panel.mapping.Mappings;
import io.ilteo.modelkit.panel.mapping.TimeSpec;
import io.ilteo.modelkit.panel.preview.ColumnMeaning.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the shipped mapping that places most of a file's columns. */
final class ShippedMatch {
  private static final int MIN_PLACED = 4;

  private ShippedMatch() {}

  static @Nullable PanelPreview best(FileProfile file, List<String> problems) {
    PanelPreview best = null;
    long bestPlaced = MIN_PLACED - 1;
    for (String name : Mappings.shipped()) {
      PanelPreview match = match(file, Mappings.named(name), problems);
      long placed = match == null ? 0 : placed(match);
      if (placed > bestPlaced) {
        best = match;
        bestPlaced = placed;
      }
    }
    return best;
  }

  private static long placed(PanelPreview match) {
    return match.columns().stream().filter(c -> c.use() != Use.LEFT_OUT).count();
  }

  /** The file under {@code mapping}, or null where person, year or both targets are not in it. */
  private static @Nullable PanelPreview match(
      FileProfile file, Mapping mapping, List<String> problems) {
    String wave = "";
    if (mapping.waves() != null) {
      Matcher name =
          Pattern.compile(mapping.waves().pattern(), Pattern.CASE_INSENSITIVE)
              .matcher(file.fileName());
      if (!name.find()) {
        return null;
      }
      wave = name.group("wave");
    }
    Map<String, ColumnMeaning> meanings = meanings(mapping, wave, file);
    boolean person = meanings.values().stream().anyMatch(m -> m.use() == Use.PERSON);
    boolean time =
        mapping.waves() != null || meanings.values().stream().anyMatch(m -> m.use() == Use.TIME);
    boolean target =
        meanings.values().stream()
            .anyMatch(m -> m.use() == Use.WAGE || m.use() == Use.SATISFACTION);
    if (!person || !time || !target) {
      return null;
    }
    List<String> remarks = new ArrayList<>(problems);
    for (ColumnSpec spec : mapping.columns()) {
      boolean found = meanings.values().stream().anyMatch(m -> m.name().equals(spec.name()));
      if (spec.required() && !found) {
        remarks.add(
            "Mapping %s requires %s (%s), which the file lacks."
                .formatted(mapping.name(), spec.name(), String.join(" or ", spec.source())));
      }
    }
    List<ColumnMeaning> columns =
        file.columns().stream().map(c -> meanings.get(key(c.column().name()))).toList();
    return new PanelPreview(
        file, mapping.name(), Mappings.yamlOf(mapping.name()), columns, remarks);
  }

  private static Map<String, ColumnMeaning> meanings(
      Mapping mapping, String wave, FileProfile file) {
    Map<String, ColumnMeaning> meanings = new HashMap<>();
    for (ColumnProfile profile : file.columns()) {
      meanings.put(
          key(profile.column().name()), new ColumnMeaning(profile, Use.LEFT_OUT, "", null));
    }
    for (ColumnSpec spec : mapping.columns()) {
      Use use = spec.role() == ColumnRole.WEIGHT ? Use.WEIGHT : Use.FEATURE;
      List<String> sources = new ArrayList<>(spec.source());
      spec.cases().forEach(c -> sources.addAll(c.sum()));
      place(meanings, sources, wave, use, spec.name(), spec.type());
    }
    place(meanings, mapping.person(), wave, Use.PERSON, "", null);
    List<String> times = mapping.time().stream().map(TimeSpec::source).toList();
    place(meanings, times, wave, Use.TIME, "", null);
    if (mapping.wage() != null) {
      place(meanings, mapping.wage().source(), wave, Use.WAGE, Mapping.WAGE, ColumnType.NUMERIC);
    }
    if (mapping.satisfaction() != null) {
      place(
          meanings,
          mapping.satisfaction().source(),
          wave,
          Use.SATISFACTION,
          Mapping.SATISFACTION,
          ColumnType.ORDINAL);
    }
    return meanings;
  }

  private static void place(
      Map<String, ColumnMeaning> meanings,
      List<String> sources,
      String wave,
      Use use,
      String name,
      @Nullable ColumnType type) {
    for (String source : sources) {
      String key = key(wave.isEmpty() ? source : source.replace("__", wave));
      meanings.computeIfPresent(key, (k, old) -> new ColumnMeaning(old.profile(), use, name, type));
    }
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
