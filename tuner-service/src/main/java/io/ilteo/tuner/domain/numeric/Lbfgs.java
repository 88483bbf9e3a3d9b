package io.ilteo.tuner.domain.numeric;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/**
 * Limited-memory BFGS within a box: two-loop recursion (Nocedal and Wright 2006, Algorithm 7.4) on
 * the free coordinates, projection onto the box, Armijo backtracking.
 */
public final class Lbfgs {
  private static final int MEMORY = 8;
  private static final int MAX_BACKTRACKS = 20;
  private static final double SUFFICIENT_DECREASE = 1e-4;
  private static final double TOLERANCE = 1e-7;

  private Lbfgs() {}

  /** A function of d variables with its gradient. */
  @FunctionalInterface
  public interface Objective {
    /** The value at x; writes its gradient. NaN and +∞ are refused by the line search. */
    double at(double[] x, double[] gradient);
  }

  /** Where it ended. */
  public record Minimum(double[] x, double value) {}

  private record Pair(double[] s, double[] y, double rho) {}

  /** Minimises from {@code start}, clamped into the box; never ends above the start's value. */
  public static Minimum minimize(
      Objective f, double[] start, double[] lower, double[] upper, int maxIterations) {
    double[] x = project(start, lower, upper);
    double[] gradient = new double[x.length];
    double value = f.at(x, gradient);
    Deque<Pair> memory = new ArrayDeque<>();
    for (int iteration = 0; iteration < maxIterations; iteration++) {
      boolean[] free = free(x, gradient, lower, upper);
      double[] direction = direction(gradient, free, memory);
      double slope = dot(direction, gradient);
      if (!(slope < 0)) {
        memory.clear();
        direction = direction(gradient, free, memory);
        slope = dot(direction, gradient);
        if (!(slope < -TOLERANCE * TOLERANCE)) {
          break;
        }
      }
      double step = memory.isEmpty() ? Math.min(1, 0.1 / norm(direction)) : 1;
      double[] next = x;
      double[] nextGradient = new double[x.length];
      double nextValue = Double.POSITIVE_INFINITY;
      for (int i = 0; i < MAX_BACKTRACKS; i++) {
        next = project(move(x, direction, step), lower, upper);
        nextValue = f.at(next, nextGradient);
        if (nextValue <= value + SUFFICIENT_DECREASE * step * slope) {
          break;
        }
        step *= 0.5;
      }
      if (!(nextValue < value)) {
        break;
      }
      remember(memory, difference(next, x), difference(nextGradient, gradient));
      boolean done = value - nextValue < TOLERANCE * (1 + Math.abs(value));
      x = next;
      value = nextValue;
      gradient = nextGradient;
      if (done) {
        break;
      }
    }
    return new Minimum(x, value);
  }

  private static boolean[] free(double[] x, double[] gradient, double[] lower, double[] upper) {
    boolean[] free = new boolean[x.length];
    for (int k = 0; k < x.length; k++) {
      free[k] = !(x[k] <= lower[k] && gradient[k] > 0) && !(x[k] >= upper[k] && gradient[k] < 0);
    }
    return free;
  }

  private static double[] direction(double[] gradient, boolean[] free, Deque<Pair> memory) {
    double[] q = mask(gradient, free);
    double[] alpha = new double[memory.size()];
    int i = 0;
    for (Pair pair : memory) {
      alpha[i] = pair.rho * dot(pair.s, q);
      add(q, pair.y, -alpha[i++]);
    }
    if (!memory.isEmpty()) {
      Pair newest = memory.getFirst();
      scale(q, 1 / (newest.rho * dot(newest.y, newest.y)));
    }
    for (Iterator<Pair> oldest = memory.descendingIterator(); oldest.hasNext(); ) {
      Pair pair = oldest.next();
      add(q, pair.s, alpha[--i] - pair.rho * dot(pair.y, q));
    }
    scale(q, -1);
    return mask(q, free);
  }

  private static void remember(Deque<Pair> memory, double[] s, double[] y) {
    double curvature = dot(s, y);
    if (curvature > 1e-12 * dot(y, y)) {
      memory.addFirst(new Pair(s, y, 1 / curvature));
      if (memory.size() > MEMORY) {
        memory.removeLast();
      }
    }
  }

  private static double[] project(double[] x, double[] lower, double[] upper) {
    double[] inside = new double[x.length];
    Arrays.setAll(inside, k -> Math.clamp(x[k], lower[k], upper[k]));
    return inside;
  }

  private static double[] move(double[] x, double[] direction, double step) {
    double[] moved = x.clone();
    add(moved, direction, step);
    return moved;
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = a.clone();
    add(difference, b, -1);
    return difference;
  }

  private static double[] mask(double[] v, boolean[] keep) {
    double[] masked = new double[v.length];
    Arrays.setAll(masked, k -> keep[k] ? v[k] : 0);
    return masked;
  }

  private static void add(double[] to, double[] v, double factor) {
    for (int k = 0; k < to.length; k++) {
      to[k] += factor * v[k];
    }
  }

  private static void scale(double[] v, double factor) {
    for (int k = 0; k < v.length; k++) {
      v[k] *= factor;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static double norm(double[] v) {
    return Math.sqrt(dot(v, v));
  }
}
