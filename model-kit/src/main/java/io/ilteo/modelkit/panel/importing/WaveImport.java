package io.ilteo.modelkit.panel.importing;

import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.modelkit.panel.mapping.WaveFiles;
import io.ilteo.modelkit.panel.source.BadFile;
import io.ilteo.modelkit.panel.source.SourceTable;
import io.ilteo.modelkit.panel.source.SourceTables;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Imports a survey that comes as files a wave: persons, joined with households and supplements. */
final class WaveImport {
  private final Mapping mapping;
  private final WaveFiles layout;
  private final PanelAssembly assembly;

  WaveImport(Mapping mapping, WaveFiles layout) {
    this.mapping = mapping;
    this.layout = layout;
    this.assembly = new PanelAssembly(mapping);
  }

  ImportedPanel read(List<SurveyFile> files) throws IOException {
    for (Map.Entry<String, Map<String, SurveyFile>> wave : byWave(files).entrySet()) {
      addWave(wave.getKey(), wave.getValue());
    }
    return assembly.finish();
  }

  /** Wave digits to kind to file. */
  private Map<String, Map<String, SurveyFile>> byWave(List<SurveyFile> files) {
    Pattern pattern = Pattern.compile(layout.pattern(), Pattern.CASE_INSENSITIVE);
    Map<String, Map<String, SurveyFile>> waves = new TreeMap<>();
    for (SurveyFile file : files) {
      Matcher name = pattern.matcher(file.name());
      if (!name.find()) {
        throw new InvalidArgument(
            "%s: mapping '%s' expects names like %s, e.g. klips26p.csv."
                .formatted(file.name(), mapping.name(), layout.pattern()));
      }
      String kind = name.group("kind").toLowerCase(Locale.ROOT);
      SurveyFile other =
          waves.computeIfAbsent(name.group("wave"), w -> new TreeMap<>()).put(kind, file);
      if (other != null) {
        throw new InvalidArgument(
            "%s and %s are the same wave and kind; give one of them."
                .formatted(other.name(), file.name()));
      }
    }
    return waves;
  }

  private void addWave(String wave, Map<String, SurveyFile> files) throws IOException {
    SurveyFile persons = files.get(layout.person());
    if (persons == null) {
      throw new InvalidArgument(
          "Wave %s has %s but no person file (kind '%s')."
              .formatted(
                  wave, files.values().stream().map(SurveyFile::name).toList(), layout.person()));
    }
    int year = Integer.parseInt(wave) + layout.yearOffset();
    try (SourceTable table = SourceTables.open(persons.path(), persons.name())) {
      SourceLookup lookup = new SourceLookup(table, wave);
      List<JoinedTable.Part> parts = new ArrayList<>();
      for (WaveFiles.Join join : layout.joined()) {
        SurveyFile file = files.get(join.kind());
        if (file != null) {
          parts.add(part(file, join, lookup));
        }
      }
      assembly.add(parts.isEmpty() ? table : new JoinedTable(table, parts), wave, year);
    }
  }

  /** Reads of {@code file} what the mapping asks for and the person file lacks, by key. */
  private JoinedTable.Part part(SurveyFile file, WaveFiles.Join join, SourceLookup persons)
      throws IOException {
    try (SourceTable table = SourceTables.open(file.path(), file.name())) {
      SourceLookup lookup = new SourceLookup(table, persons.wave());
      int key = lookup.indexOf(join.by());
      int personKey = persons.indexOf(join.by());
      if (key == SourceLookup.ABSENT || personKey == SourceLookup.ABSENT) {
        throw BadFile.of(
            file.name(),
            "cannot be joined: %s must be in it and in the person file."
                .formatted(persons.resolve(join.by())));
      }
      List<String> names =
          mapping.sourceNames().stream()
              .filter(n -> persons.indexOf(n) == SourceLookup.ABSENT)
              .filter(n -> lookup.indexOf(n) != SourceLookup.ABSENT)
              .toList();
      int[] columns = lookup.present(names);
      Map<String, double[]> rows = new HashMap<>();
      while (table.next()) {
        double[] values = new double[columns.length];
        for (int i = 0; i < columns.length; i++) {
          values[i] = table.number(columns[i]);
        }
        if (rows.put(table.text(key), values) != null) {
          throw BadFile.at(
              file.name(), table.rowNumber(), persons.resolve(join.by()), "stands twice.");
        }
      }
      List<String> sources = names.stream().map(persons::resolve).toList();
      return new JoinedTable.Part(personKey, sources, rows);
    }
  }
}
