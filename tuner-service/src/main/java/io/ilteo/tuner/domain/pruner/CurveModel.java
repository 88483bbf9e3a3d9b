package io.ilteo.tuner.domain.pruner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How losses go on from where they are, judged by the curves that went further.
 *
 * <p>Notation. L(k) a curve's least loss by milestone k (see {@link Milestones}), D(k) = L(k) −
 * L(k−1), which is at most 0. From one milestone to the next
 *
 * <pre>
 * D(k+1) = a + b·(L(k) − m) + c·(D(k) − d) + ε,   ε ~ N(0, s²)
 * </pre>
 *
 * with m and d the means of L(k) and D(k), and a, b, c and s² by least squares over all curves that
 * passed both milestones, whether they were cut short later or not: that they went on was decided
 * by what they had shown until then, so that choosing them biases nothing. b and c are shrunk
 * towards 0 by a ridge of {@link #PRIOR} curves: two or three can teach a shift and no slope.
 *
 * <p>A curve is carried on milestone by milestone as the state (L, D) of a linear system, whose
 * covariance P grows to F·P·Fᵀ + s²·[1 1; 1 1] with F = [1+b, c; b, c].
 */
final class CurveModel {
  private static final double PRIOR = 2;

  private final List<Stage> stages;

  /** What a curve is expected to come to, and the standard deviation of that. */
  record End(double loss, double deviation) {}

  private record Stage(double m, double d, double a, double b, double c, double variance) {
    double change(double loss, double before) {
      return Math.min(0, a + b * (loss - m) + c * (before - d));
    }
  }

  /** A curve at a milestone, and how it went on: L(k), D(k), D(k+1). */
  private record Passage(double loss, double before, double after) {}

  private CurveModel(List<Stage> stages) {
    this.stages = stages;
  }

  /** Fits the model to curves, each its least loss by milestone 0, 1, 2, …, as far as it went. */
  static CurveModel of(List<double[]> curves) {
    List<Stage> stages = new ArrayList<>();
    while (true) {
      int k = stages.size();
      List<Passage> passages =
          curves.stream()
              .filter(curve -> curve.length > k + 1 && Double.isFinite(curve[k]))
              .map(curve -> new Passage(curve[k], changeAt(curve, k), curve[k + 1] - curve[k]))
              .toList();
      if (passages.isEmpty()) {
        return new CurveModel(stages);
      }
      stages.add(stage(withoutOutliers(passages)));
    }
  }

  private static double changeAt(double[] curve, int k) {
    return k == 0 || !Double.isFinite(curve[k - 1]) ? 0 : curve[k] - curve[k - 1];
  }

  /**
   * Carries a curve on to the last milestone that any has reached.
   *
   * @param milestones its least loss by each milestone that it passed; at least one, finite at last
   * @param step where it stands, at or after the last of them and before the next
   * @param least its least loss until there
   */
  End end(double[] milestones, long step, double least) {
    int k = milestones.length - 1;
    double loss = least;
    double change = changeAt(milestones, k);
    // Of the way to the next milestone it may have gone a part.
    double gone =
        (double) (step - Milestones.step(k)) / (Milestones.step(k + 1) - Milestones.step(k));
    double left = 1 - gone;
    double ofLoss = 0;
    double ofChange = 0;
    double joint = 0;
    for (; k < stages.size(); k++) {
      Stage stage = stages.get(k);
      double b = left * stage.b();
      double c = left * stage.c();
      double withLoss = b * ofLoss + c * joint;
      double withChange = b * joint + c * ofChange;
      double own = b * withLoss + c * withChange + left * stage.variance();
      change = left * stage.change(loss, change);
      loss += change;
      ofLoss += 2 * withLoss + own;
      joint = withLoss + own;
      ofChange = own;
      left = 1;
    }
    return new End(loss, Math.sqrt(Math.max(0, ofLoss)));
  }

  // A diverged trial would draw the line by itself.
  private static List<Passage> withoutOutliers(List<Passage> passages) {
    if (passages.size() < 4) {
      return passages;
    }
    double[] sorted = passages.stream().mapToDouble(Passage::loss).sorted().toArray();
    double median = sorted[sorted.length / 2];
    double limit = median + 5 * Math.max(median - sorted[0], 1e-12);
    return passages.stream().filter(passage -> passage.loss() <= limit).toList();
  }

  private static Stage stage(List<Passage> passages) {
    int n = passages.size();
    double m = mean(passages.stream().mapToDouble(Passage::loss).toArray());
    double d = mean(passages.stream().mapToDouble(Passage::before).toArray());
    double a = mean(passages.stream().mapToDouble(Passage::after).toArray());
    double xx = 0;
    double xz = 0;
    double zz = 0;
    double xy = 0;
    double zy = 0;
    double yy = 0;
    for (Passage passage : passages) {
      double x = passage.loss() - m;
      double z = passage.before() - d;
      double y = passage.after() - a;
      xx += x * x;
      xz += x * z;
      zz += z * z;
      xy += x * y;
      zy += z * y;
      yy += y * y;
    }
    double ridge = 1 + PRIOR / n;
    double determinant = ridge * xx * ridge * zz - xz * xz;
    boolean both = zz > 0 && determinant > 1e-12 * xx * zz;
    double b = both ? (xy * ridge * zz - zy * xz) / determinant : xx > 0 ? xy / (ridge * xx) : 0;
    double c = both ? (zy * ridge * xx - xy * xz) / determinant : 0;
    double rest = yy - 2 * b * xy - 2 * c * zy + b * b * xx + 2 * b * c * xz + c * c * zz;
    // One more that is off by as much as curves change at all: few are no proof of certainty.
    double variance = (Math.max(0, rest) + yy / n + a * a) / (n + 1);
    return new Stage(m, d, a, b, c, variance);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
