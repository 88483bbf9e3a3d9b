package io.ilteo.tuner.domain.sampler;

import io.ilteo.tuner.domain.gp.GaussianProcess;
import io.ilteo.tuner.domain.gp.LogExpectedImprovement;
import io.ilteo.tuner.domain.gp.Standardised;
import io.ilteo.tuner.domain.gp.Surrogate;
import io.ilteo.tuner.domain.numeric.Lbfgs;
import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.space.Domain;
import io.ilteo.tuner.domain.space.ParameterSpec;
import io.ilteo.tuner.domain.space.SearchSpace;
import io.ilteo.tuner.domain.study.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Bayesian optimisation: a Gaussian process with a Matérn 5/2 kernel, maximising log expected
 * improvement (Ament et al. 2023).
 *
 * <ul>
 *   <li>Running trials are taken to give what the process expects of them (kriging believer,
 *       Ginsbourger et al. 2010).
 *   <li>Failed trials count as the worst seen; infeasible ones as worse still, by their violation.
 *   <li>Several objectives are made one by the augmented Chebyshev function with weights drawn for
 *       each trial (ParEGO, Knowles 2006).
 *   <li>Parameters that do not exist in a trial count as the middle of their domain.
 *   <li>Above {@code max_trials} the best half of that many and the latest are kept.
 * </ul>
 */
final class GpSampler implements Sampler {
  private static final int LOCAL_ITERATIONS = 25;
  private static final int NEIGHBOURS = 64;

  private final int startup;
  private final int candidates;
  private final int starts;
  private final int maxTrials;
  private final Sampler first;
  private final Sampler otherwise = new RandomSampler();
  private final Surrogate surrogate = new Surrogate();
  private final EncodedHistory.Cache cache = new EncodedHistory.Cache();

  private record Scored(double[] unit, double score) {}

  GpSampler(Settings settings) {
    startup = settings.integer("startup_trials", 10, 2, 10_000);
    candidates = settings.integer("candidates", 256, 16, 100_000);
    starts = settings.integer("local_searches", 4, 0, 100);
    maxTrials = settings.integer("max_trials", 400, 20, 5_000);
    first = new SobolSampler(new Settings("sampler gp", Map.of()));
  }

  @Override
  public Configuration suggest(SearchSpace space, long seed, int number, History history) {
    List<FinishedTrial> finished = history.finished();
    if (finished.size() < startup || finished.stream().allMatch(FinishedTrial::failed)) {
      return first.suggest(space, seed, number, history);
    }
    RandomGenerator random = TrialRandom.of(seed, number);
    EncodedHistory encoded = cache.of(space, finished);
    double[] losses = Scalarisation.losses(finished, random);
    int[] kept = kept(losses);
    double[][] inputs = new double[kept.length][];
    double[] y = new double[kept.length];
    for (int i = 0; i < kept.length; i++) {
      inputs[i] = filled(encoded.row(kept[i]));
      y[i] = losses[kept[i]];
    }
    GaussianProcess process = surrogate.of(inputs, y, unordered(space));
    double[] standardised = Standardised.of(y).values();
    if (!history.running().isEmpty()) {
      process = believe(space, history, process, inputs, standardised);
    }
    double incumbent = Arrays.stream(standardised).min().orElseThrow();
    return best(space, process, incumbent, bestInputs(inputs, standardised), random)
        .orElseGet(() -> otherwise.suggest(space, seed, number, history));
  }

  private static GaussianProcess believe(
      SearchSpace space, History history, GaussianProcess process, double[][] inputs, double[] y) {
    int n = inputs.length;
    double[][] more = Arrays.copyOf(inputs, n + history.running().size());
    double[] expected = Arrays.copyOf(y, more.length);
    for (int i = n; i < more.length; i++) {
      more[i] = filled(EncodedHistory.encode(space, history.running().get(i - n)));
      expected[i] = process.predict(more[i]).mean();
    }
    return process.extended(more, expected);
  }

  private Optional<Configuration> best(
      SearchSpace space,
      GaussianProcess process,
      double incumbent,
      List<double[]> centres,
      RandomGenerator random) {
    List<Scored> scored = new ArrayList<>();
    for (int c = 0; c < candidates + NEIGHBOURS; c++) {
      double[] unit = random.doubles(space.parameters().size()).toArray();
      if (c >= candidates) {
        double[] centre = centres.get(c % centres.size());
        double width = Math.pow(10, -1 - 2 * random.nextDouble());
        for (int k = 0; k < unit.length; k++) {
          unit[k] =
              space.parameters().get(k).domain() instanceof Domain.CategoricalDomain
                  ? (unit[k] < 0.2 ? random.nextDouble() : centre[k])
                  : Math.clamp(centre[k] + width * random.nextGaussian(), 0, 1);
        }
      }
      score(space, process, incumbent, unit, scored);
    }
    scored.sort(Comparator.comparingDouble(s -> -s.score));
    for (Scored start : List.copyOf(scored.subList(0, Math.min(starts, scored.size())))) {
      double[] zero = new double[start.unit.length];
      double[] one = new double[start.unit.length];
      Arrays.fill(one, 1);
      Lbfgs.Minimum found =
          Lbfgs.minimize(
              (x, gradient) -> {
                double value =
                    LogExpectedImprovement.at(process.predictWithGradient(x), incumbent, gradient);
                for (int k = 0; k < gradient.length; k++) {
                  gradient[k] = -gradient[k];
                }
                return -value;
              },
              start.unit,
              zero,
              one,
              LOCAL_ITERATIONS);
      score(space, process, incumbent, found.x(), scored);
    }
    return scored.stream()
        .max(Comparator.comparingDouble(Scored::score))
        .map(s -> space.fromUnit(s.unit));
  }

  /** Adds the admissible point nearest to {@code unit} with its log EI. */
  private static void score(
      SearchSpace space,
      GaussianProcess process,
      double incumbent,
      double[] unit,
      List<Scored> scored) {
    Configuration configuration = space.fromUnit(unit);
    if (space.admits(configuration)) {
      double[] x = filled(EncodedHistory.encode(space, configuration));
      double[] position = unit.clone();
      for (int k = 0; k < x.length; k++) {
        position[k] = Double.isNaN(x[k]) ? position[k] : x[k];
      }
      double value = LogExpectedImprovement.at(process.predict(x), incumbent, new double[0]);
      scored.add(new Scored(position, value));
    }
  }

  private int[] kept(double[] losses) {
    int n = losses.length;
    int[] all = new int[n];
    Arrays.setAll(all, i -> i);
    if (n <= maxTrials) {
      return all;
    }
    boolean[] keep = new boolean[n];
    Arrays.stream(all)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> losses[i]))
        .limit(maxTrials / 2)
        .forEach(i -> keep[i] = true);
    int held = maxTrials / 2;
    for (int i = n - 1; held < maxTrials; i--) {
      held += keep[i] ? 0 : 1;
      keep[i] = true;
    }
    return Arrays.stream(all).filter(i -> keep[i]).toArray();
  }

  private static List<double[]> bestInputs(double[][] inputs, double[] y) {
    return IntStream.range(0, y.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> y[i]))
        .limit(4)
        .map(i -> inputs[i])
        .toList();
  }

  private static boolean[] unordered(SearchSpace space) {
    List<ParameterSpec> specs = space.parameters();
    boolean[] unordered = new boolean[specs.size()];
    for (int p = 0; p < unordered.length; p++) {
      unordered[p] = specs.get(p).domain() instanceof Domain.CategoricalDomain;
    }
    return unordered;
  }

  private static double[] filled(double[] unit) {
    double[] filled = unit.clone();
    for (int p = 0; p < filled.length; p++) {
      filled[p] = Double.isNaN(filled[p]) ? 0.5 : filled[p];
    }
    return filled;
  }
}
