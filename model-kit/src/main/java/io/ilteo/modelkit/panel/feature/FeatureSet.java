package io.ilteo.modelkit.panel.feature;

import java.util.List;
import java.util.function.Function;

/**
 * A named, versioned list of inputs. A set never changes under its name: a better one gets a new
 * version.
 *
 * <p>A panel that lacks a column lacks the features made of it.
 */
public enum FeatureSet {
  /**
   * The origin report's 33 features, with person statistics that expand instead of looking ahead.
   */
  ORIGIN_33_V1(
      "origin-33-v1",
      "The 33 features of the origin report, made leak-free",
      "원 보고서의 33개 변수(누출 제거)",
      33,
      OriginFeatures::of),
  /** The origin report's, and satisfaction with each side of work: pay, security, hours, … */
  ORIGIN_33_FACETS_V1(
      "origin-33-facets-v1",
      "The 33 features of the origin report and satisfaction with each side of work",
      "원 보고서의 33개 변수와 요인별 직무만족도",
      0,
      OriginFeatures::withFacets),
  /** The origin report's, and how long and how often jobs lasted. */
  ORIGIN_33_JOBS_V1(
      "origin-33-jobs-v1",
      "The 33 features of the origin report, job changes and spells",
      "원 보고서의 33개 변수와 이직·지속기간",
      0,
      OriginFeatures::withJobs),
  /** Everything the mapping offers, histories of both targets, spells, cells, categories. */
  PANEL_V1(
      "panel-v1",
      "All columns of the mapping, histories of wage and satisfaction, spells, job changes, wage cells, embedded categories",
      "매핑의 모든 변수, 임금·만족도 이력, 지속기간, 이직, 임금 셀, 범주 임베딩",
      0,
      PanelFeatures::of);

  private final String id;
  private final String descriptionEn;
  private final String descriptionKo;
  private final int nominalCount;
  private final Function<InputSchema, List<Feature>> features;

  FeatureSet(
      String id,
      String descriptionEn,
      String descriptionKo,
      int nominalCount,
      Function<InputSchema, List<Feature>> features) {
    this.id = id;
    this.descriptionEn = descriptionEn;
    this.descriptionKo = descriptionKo;
    this.nominalCount = nominalCount;
    this.features = features;
  }

  /** The set called {@code id}; refused where there is none. */
  public static FeatureSet of(String id) {
    for (FeatureSet set : values()) {
      if (set.id.equals(id)) {
        return set;
      }
    }
    throw new io.ilteo.servicekit.error.DomainException.InvalidArgument(
        "Unknown feature set '%s': known are %s."
            .formatted(id, java.util.Arrays.stream(values()).map(FeatureSet::id).toList()));
  }

  /** Name with version, e.g. {@code panel-v1}. */
  public String id() {
    return id;
  }

  public String descriptionEn() {
    return descriptionEn;
  }

  public String descriptionKo() {
    return descriptionKo;
  }

  /** Number of features on a panel that has all columns; 0 where it depends on the mapping. */
  public int nominalCount() {
    return nominalCount;
  }

  /** The features of this set that a panel of {@code schema} can supply. */
  List<Feature> features(InputSchema schema) {
    return features.apply(schema);
  }

  /** Category columns that networks embed. */
  List<String> categories(InputSchema schema) {
    return this == PANEL_V1
        ? schema.categorical().stream().map(InputColumn::name).toList()
        : List.of();
  }

  /** Category columns that make a wage cell. */
  List<String> cellColumns(InputSchema schema) {
    return this == PANEL_V1
        ? List.of("industry", "occupation").stream().filter(schema::has).toList()
        : List.of();
  }

  /** Whether missing values get indicator inputs. */
  boolean indicators() {
    return this == PANEL_V1;
  }
}
