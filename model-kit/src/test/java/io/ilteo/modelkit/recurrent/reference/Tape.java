package io.ilteo.modelkit.recurrent.reference;

import java.util.Arrays;

/**
 * Scalars and how they came about, so that derivatives follow by the chain rule (reverse mode; e.g.
 * Baydin et al. 2018). A scalar is named by its number.
 */
public final class Tape {
  private double[] values = new double[1 << 16];
  private int[] left = new int[1 << 16];
  private int[] right = new int[1 << 16];
  private double[] leftSlopes = new double[1 << 16];
  private double[] rightSlopes = new double[1 << 16];
  private int size;

  private int put(double value, int a, double slopeA, int b, double slopeB) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
      left = Arrays.copyOf(left, 2 * size);
      right = Arrays.copyOf(right, 2 * size);
      leftSlopes = Arrays.copyOf(leftSlopes, 2 * size);
      rightSlopes = Arrays.copyOf(rightSlopes, 2 * size);
    }
    values[size] = value;
    left[size] = a;
    right[size] = b;
    leftSlopes[size] = slopeA;
    rightSlopes[size] = slopeB;
    return size++;
  }

  /** A given number. */
  public int of(double value) {
    return put(value, -1, 0, -1, 0);
  }

  /** Given numbers. */
  public int[] of(double... given) {
    return Arrays.stream(given).mapToInt(this::of).toArray();
  }

  /** What a scalar is. */
  public double value(int a) {
    return values[a];
  }

  int add(int a, int b) {
    return put(values[a] + values[b], a, 1, b, 1);
  }

  int subtract(int a, int b) {
    return put(values[a] - values[b], a, 1, b, -1);
  }

  int multiply(int a, int b) {
    return put(values[a] * values[b], a, values[b], b, values[a]);
  }

  int divide(int a, int b) {
    double quotient = values[a] / values[b];
    return put(quotient, a, 1 / values[b], b, -quotient / values[b]);
  }

  int scale(int a, double factor) {
    return put(values[a] * factor, a, factor, -1, 0);
  }

  int tanh(int a) {
    double y = Math.tanh(values[a]);
    return put(y, a, 1 - y * y, -1, 0);
  }

  int sigmoid(int a) {
    double y = 1 / (1 + Math.exp(-values[a]));
    return put(y, a, y * (1 - y), -1, 0);
  }

  int exp(int a) {
    double y = Math.exp(values[a]);
    return put(y, a, y, -1, 0);
  }

  int log(int a) {
    return put(Math.log(values[a]), a, 1 / values[a], -1, 0);
  }

  int power(int a, double exponent) {
    double x = values[a];
    return put(Math.pow(x, exponent), a, exponent * Math.pow(x, exponent - 1), -1, 0);
  }

  int relu(int a) {
    return values[a] > 0 ? put(values[a], a, 1, -1, 0) : put(0, a, 0, -1, 0);
  }

  int abs(int a) {
    return scale(a, values[a] < 0 ? -1 : 1);
  }

  /** Derivatives of {@code output} by every scalar. */
  public double[] gradients(int output) {
    double[] gradients = new double[size];
    gradients[output] = 1;
    for (int i = output; i >= 0; i--) {
      if (gradients[i] != 0) {
        if (left[i] >= 0) {
          gradients[left[i]] += gradients[i] * leftSlopes[i];
        }
        if (right[i] >= 0) {
          gradients[right[i]] += gradients[i] * rightSlopes[i];
        }
      }
    }
    return gradients;
  }
}
