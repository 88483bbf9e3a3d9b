package io.ilteo.modelkit.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Split-conformal prediction intervals for positive amounts, Mondrian by band of the prediction
 * (Vovk, Gammerman and Shafer 2005, section 4.5; Lei et al. 2018).
 *
 * <p>The score is the ratio observed / predicted, so intervals grow with the prediction and never
 * reach below 0. Each band has its own two quantiles of it, (α/2, 1 − α/2) with the finite-sample
 * correction: for exchangeable persons an interval covers with at least its level, in every band.
 *
 * @param edges lower edges of the bands but the first, rising; bands are of equal size on the
 *     calibration rows
 * @param levels one for each coverage, rising
 */
public record ConformalIntervals(List<Double> edges, List<Level> levels) {
  /** Coverages that are offered. */
  public static final List<Double> COVERAGES = List.of(0.80, 0.95);

  // With fewer rows the corrected quantiles of a 95 % interval are the extremes themselves.
  private static final int MIN_BAND = 100;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public ConformalIntervals {
    edges = List.copyOf(edges);
    levels = List.copyOf(levels);
    for (Level level : levels) {
      if (level.lower().size() != edges.size() + 1 || level.upper().size() != edges.size() + 1) {
        throw new InvalidArgument("conformal intervals need one factor a band");
      }
    }
  }

  /**
   * Calibrates on rows that the model was not trained on: the validation fold.
   *
   * @param predicted [n], positive
   * @param observed [n], positive
   * @param bands bands wished for; fewer are made where a band would have under 100 rows
   */
  public static ConformalIntervals fit(double[] predicted, double[] observed, int bands) {
    int n = predicted.length;
    if (n == 0 || n != observed.length) {
      throw new IllegalArgumentException(
          "%d predictions for %d observations".formatted(n, observed.length));
    }
    double[] sorted = predicted.clone();
    Arrays.sort(sorted);
    List<Double> edges = new ArrayList<>();
    int made = Math.max(1, Math.min(bands, n / MIN_BAND));
    for (int band = 1; band < made; band++) {
      double edge = sorted[(int) ((long) n * band / made)];
      // Equal predictions stay in one band.
      if (edges.isEmpty() ? edge > sorted[0] : edge > edges.getLast()) {
        edges.add(edge);
      }
    }
    double[][] ratios = ratios(predicted, observed, edges);
    return new ConformalIntervals(
        edges, COVERAGES.stream().map(coverage -> Level.of(coverage, ratios)).toList());
  }

  private static double[][] ratios(double[] predicted, double[] observed, List<Double> edges) {
    List<List<Double>> byBand = new ArrayList<>();
    for (int band = 0; band <= edges.size(); band++) {
      byBand.add(new ArrayList<>());
    }
    for (int i = 0; i < predicted.length; i++) {
      byBand.get(band(edges, predicted[i])).add(observed[i] / predicted[i]);
    }
    return byBand.stream()
        .map(band -> band.stream().mapToDouble(Double::doubleValue).sorted().toArray())
        .toArray(double[][]::new);
  }

  /**
   * The interval around a prediction.
   *
   * @param predicted positive
   * @param coverage one of {@link #COVERAGES}
   * @throws InvalidArgument for another coverage
   */
  public Interval interval(double predicted, double coverage) {
    int band = band(edges, predicted);
    for (Level level : levels) {
      if (Math.abs(level.coverage() - coverage) < 1e-9) {
        return new Interval(
            predicted * level.lower().get(band), predicted * level.upper().get(band));
      }
    }
    throw new InvalidArgument(
        "coverage %s: expected one of %s"
            .formatted(coverage, levels.stream().map(Level::coverage).toList()));
  }

  private static int band(List<Double> edges, double predicted) {
    int band = edges.size();
    while (band > 0 && predicted < edges.get(band - 1)) {
      band--;
    }
    return band;
  }

  /** Reads what {@link #toJson} wrote. */
  public static ConformalIntervals fromJson(String json) {
    try {
      return JSON.readValue(json, ConformalIntervals.class);
    } catch (JsonProcessingException damaged) {
      throw new InvalidArgument("not conformal intervals: " + damaged.getOriginalMessage());
    }
  }

  /** Writes the intervals, to be kept with a model version. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** From {@code lower} to {@code upper}, in the unit of the prediction. */
  public record Interval(double lower, double upper) {}

  /**
   * Factors on the prediction for one coverage.
   *
   * @param coverage 1 − α
   * @param lower one for each band
   * @param upper one for each band
   */
  public record Level(double coverage, List<Double> lower, List<Double> upper) {
    public Level {
      lower = List.copyOf(lower);
      upper = List.copyOf(upper);
    }

    /** α/2 on either side: rank ⌊(n + 1) α/2⌋ from below, ⌈(n + 1)(1 − α/2)⌉ from above. */
    private static Level of(double coverage, double[][] sortedByBand) {
      double tail = (1 - coverage) / 2;
      List<Double> lower = new ArrayList<>();
      List<Double> upper = new ArrayList<>();
      for (double[] ratios : sortedByBand) {
        int n = ratios.length;
        int cut = (int) Math.floor((n + 1) * tail + 1e-9);
        lower.add(ratios[Math.max(0, cut - 1)]);
        upper.add(ratios[Math.min(n - 1, n - cut)]);
      }
      return new Level(coverage, lower, upper);
    }
  }
}
