package io.ilteo.modelkit.panel.preview;

import io.ilteo.modelkit.panel.mapping.ColumnSpec;
import io.ilteo.modelkit.panel.mapping.ColumnType;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.modelkit.panel.mapping.Mappings;
import io.ilteo.modelkit.panel.mapping.Range;
import io.ilteo.modelkit.panel.mapping.SatisfactionSpec;
import io.ilteo.modelkit.panel.mapping.TimeSpec;
import io.ilteo.modelkit.panel.mapping.WageSpec;
import io.ilteo.modelkit.panel.preview.ColumnMeaning.Use;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Proposes a mapping for a file that no shipped one fits, from names, labels and values. */
final class MappingGuess {
  private static final Pattern PERSON =
      Pattern.compile("^(pid|id|persnr|idperson|person_?id|p_?id|개인.*|.*person.*id.*)$");
  private static final Pattern TIME =
      Pattern.compile("^(year|syear|wyear|svyyear|survey_?year|time|wave|연도|조사연도|차수)$");
  private static final Pattern WAGE =
      Pattern.compile(".*(wage|salary|earning|income|pay$|임금|급여|월급|소득|einkommen|labgro).*");
  private static final Pattern SATISFACTION =
      Pattern.compile(".*(satis|만족|zufried|^sat$|lebensz).*");
  private static final Pattern AGE = Pattern.compile("^(p_)?(age|alter|나이|연령)$");
  private static final int MAX_ORDERED_CODES = 11;
  private static final int MAX_CATEGORIES = 60;

  private final FileProfile file;
  private final List<String> problems;
  private final Set<String> names = new HashSet<>(Set.of(Mapping.WAGE, Mapping.SATISFACTION));

  private MappingGuess(FileProfile file, List<String> problems) {
    this.file = file;
    this.problems = new ArrayList<>(problems);
  }

  static PanelPreview of(FileProfile file, List<String> problems) {
    return new MappingGuess(file, problems).propose();
  }

  private PanelPreview propose() {
    ColumnProfile person = find(PERSON, c -> true, "person id");
    ColumnProfile time = find(TIME, c -> c.whole() && c.present() > 0, "year");
    ColumnProfile satisfaction =
        find(
            SATISFACTION, c -> c.whole() && c.codes() >= 3 && c.codes() <= MAX_ORDERED_CODES, null);
    ColumnProfile wage = find(WAGE, c -> c.codes() > MAX_ORDERED_CODES && c.max() > 0, null);
    if (wage == null && satisfaction == null) {
      problems.add("No column looks like a wage or a satisfaction; name them in the mapping.");
    }
    List<ColumnMeaning> meanings = new ArrayList<>();
    List<ColumnSpec> specs = new ArrayList<>();
    for (ColumnProfile column : file.columns()) {
      Use use = use(column, person, time, wage, satisfaction);
      if (use != Use.FEATURE) {
        meanings.add(new ColumnMeaning(column, use, targetName(use), targetType(use)));
        continue;
      }
      ColumnSpec spec = spec(column);
      meanings.add(
          spec == null
              ? new ColumnMeaning(column, Use.LEFT_OUT, "", null)
              : new ColumnMeaning(column, use, spec.name(), spec.type()));
      if (spec != null) {
        specs.add(spec);
      }
    }
    String yaml = "";
    if (person != null && time != null && (wage != null || satisfaction != null)) {
      yaml = Mappings.write(mapping(person, time, wage, satisfaction, specs));
    }
    return new PanelPreview(file, "", yaml, meanings, problems);
  }

  private static Use use(
      ColumnProfile column,
      @Nullable ColumnProfile person,
      @Nullable ColumnProfile time,
      @Nullable ColumnProfile wage,
      @Nullable ColumnProfile satisfaction) {
    if (column.equals(person)) {
      return Use.PERSON;
    }
    if (column.equals(time)) {
      return Use.TIME;
    }
    if (column.equals(wage)) {
      return Use.WAGE;
    }
    return column.equals(satisfaction) ? Use.SATISFACTION : Use.FEATURE;
  }

  private static String targetName(Use use) {
    return use == Use.WAGE ? Mapping.WAGE : use == Use.SATISFACTION ? Mapping.SATISFACTION : "";
  }

  private static @Nullable ColumnType targetType(Use use) {
    return use == Use.WAGE
        ? ColumnType.NUMERIC
        : use == Use.SATISFACTION ? ColumnType.ORDINAL : null;
  }

  /** The column whose name or label matches and whose values fit; the fullest of several. */
  private @Nullable ColumnProfile find(
      Pattern pattern, Predicate<ColumnProfile> fits, @Nullable String what) {
    ColumnProfile found =
        file.columns().stream()
            .filter(c -> matches(pattern, c) && fits.test(c))
            .max(Comparator.comparingLong(ColumnProfile::present))
            .orElse(null);
    if (found == null && what != null) {
      problems.add("No column looks like the " + what + "; name it in the mapping.");
    }
    return found;
  }

  private static boolean matches(Pattern pattern, ColumnProfile column) {
    return pattern.matcher(column.column().name().toLowerCase(Locale.ROOT)).matches()
        || pattern.matcher(column.column().label().toLowerCase(Locale.ROOT)).matches();
  }

  private @Nullable ColumnSpec spec(ColumnProfile column) {
    String source = column.column().name();
    if (column.isText()) {
      problems.add(
          "Column %s holds text such as '%s' and is left out; codes or numbers can be used."
              .formatted(source, column.samples().isEmpty() ? "" : column.samples().getFirst()));
      return null;
    }
    if (column.present() == 0 || source.isBlank()) {
      problems.add("Column '%s' is empty and is left out.".formatted(source));
      return null;
    }
    boolean few = column.whole() && column.codes() <= MAX_ORDERED_CODES;
    boolean labelled = !column.column().valueLabels().isEmpty() && column.codes() <= MAX_CATEGORIES;
    ColumnType type = few || labelled ? ColumnType.CATEGORICAL : ColumnType.NUMERIC;
    return new ColumnSpec(
        name(source),
        List.of(source),
        type,
        null,
        List.copyOf(column.missingCodes().keySet()),
        null,
        Map.of(),
        0,
        false,
        List.of(),
        null,
        null,
        column.column().label().isBlank() ? null : column.column().label(),
        false,
        false);
  }

  private String name(String source) {
    String name = source.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    if (AGE.matcher(source.toLowerCase(Locale.ROOT)).matches()) {
      name = "age";
    }
    if (!name.matches("[a-z].*")) {
      name = "c_" + name;
    }
    name = name.substring(0, Math.min(56, name.length()));
    String distinct = name;
    for (int i = 2; !names.add(distinct); i++) {
      distinct = name + "_" + i;
    }
    return distinct;
  }

  private Mapping mapping(
      ColumnProfile person,
      ColumnProfile time,
      @Nullable ColumnProfile wage,
      @Nullable ColumnProfile satisfaction,
      List<ColumnSpec> columns) {
    boolean wave = time.max() < 100;
    if (wave) {
      problems.add(
          "Column %s counts waves; add an `offset` that turns them into years."
              .formatted(time.column().name()));
    }
    return new Mapping(
        "my-survey",
        "Proposed for " + file.fileName(),
        null,
        List.of(person.column().name()),
        List.of(new TimeSpec(time.column().name(), wave ? 2000 : 0)),
        wage == null ? null : wage(wage),
        satisfaction == null ? null : satisfaction(satisfaction),
        Map.of(),
        columns);
  }

  private WageSpec wage(ColumnProfile column) {
    problems.add(
        "Wage %s: check its unit, and keep self-employed income out with `only`."
            .formatted(column.column().name()));
    return new WageSpec(
        List.of(column.column().name()),
        "currency units",
        List.copyOf(column.missingCodes().keySet()),
        new Range(Math.min(1, column.max()), Math.max(1, column.max() * 10)),
        List.of(),
        null,
        null);
  }

  /** Codes in ascending order; whether high means satisfied is for the user to say. */
  private SatisfactionSpec satisfaction(ColumnProfile column) {
    Set<Double> missing = column.missingCodes().keySet();
    List<Double> scale =
        column.counts().keySet().stream().filter(c -> !missing.contains(c)).toList();
    problems.add(
        "Satisfaction %s: the proposal takes %s as least and %s as most satisfied; reverse `scale` and `classes` if it is the other way round."
            .formatted(
                column.column().name(), scale.getFirst().intValue(), scale.getLast().intValue()));
    int third = scale.size() / 3;
    List<List<Double>> three =
        List.of(
            scale.subList(0, third),
            scale.subList(third, scale.size() - third),
            scale.subList(scale.size() - third, scale.size()));
    return new SatisfactionSpec(
        List.of(column.column().name()), List.copyOf(missing), scale, Map.of(3, three), null);
  }
}
