package io.ilteo.modelkit.recurrent.reference;

/**
 * Layers of one sequence; [T][·] for sequences, weights column-major as {@link Matrix} reads them.
 */
final class ReferenceLayers {
  private final Tape tape;

  ReferenceLayers(Tape tape) {
    this.tape = tape;
  }

  /** A column-major matrix of scalars of the tape. */
  record Matrix(int[] scalars, int rows) {
    int at(int row, int column) {
      return scalars[column * rows + row];
    }

    int columns() {
      return scalars.length / rows;
    }
  }

  /** x W, of columns from {@code first}. */
  int[] times(int[] x, Matrix w, int first, int columns) {
    int[] y = new int[columns];
    for (int j = 0; j < columns; j++) {
      int sum = tape.of(0);
      for (int i = 0; i < x.length; i++) {
        sum = tape.add(sum, tape.multiply(x[i], w.at(i, first + j)));
      }
      y[j] = sum;
    }
    return y;
  }

  int[] dense(int[] x, Matrix w, int[] bias) {
    int[] y = times(x, w, 0, w.columns());
    for (int j = 0; j < y.length; j++) {
      y[j] = tape.add(y[j], bias[j]);
    }
    return y;
  }

  private int[] zeros(int size) {
    return tape.of(new double[size]);
  }

  int[][] lstm(int[][] x, boolean[] observed, Matrix w, Matrix r, int[] b) {
    int units = r.rows();
    int[] h = zeros(units);
    int[] c = zeros(units);
    int[][] states = new int[x.length][];
    for (int t = 0; t < x.length; t++) {
      if (observed[t]) {
        int[] fromInput = times(x[t], w, 0, 4 * units);
        int[] fromState = times(h, r, 0, 4 * units);
        int[] newCell = new int[units];
        int[] newState = new int[units];
        for (int u = 0; u < units; u++) {
          int[] z = new int[4];
          for (int gate = 0; gate < 4; gate++) {
            int k = gate * units + u;
            z[gate] = tape.add(tape.add(fromInput[k], fromState[k]), b[k]);
          }
          int kept = tape.multiply(tape.sigmoid(z[1]), c[u]);
          newCell[u] = tape.add(kept, tape.multiply(tape.sigmoid(z[3]), tape.tanh(z[0])));
          newState[u] = tape.multiply(tape.sigmoid(z[2]), tape.tanh(newCell[u]));
        }
        h = newState;
        c = newCell;
      }
      states[t] = h;
    }
    return states;
  }

  /** Both kinds of reset; {@code b} has one block more where it comes after the product. */
  int[][] gru(int[][] x, boolean[] observed, Matrix w, Matrix r, int[] b, boolean resetAfter) {
    int units = r.rows();
    int[] h = zeros(units);
    int[][] states = new int[x.length][];
    for (int t = 0; t < x.length; t++) {
      if (observed[t]) {
        h = gruStep(x[t], h, w, r, b, resetAfter);
      }
      states[t] = h;
    }
    return states;
  }

  private int[] gruStep(int[] x, int[] h, Matrix w, Matrix r, int[] b, boolean resetAfter) {
    int units = r.rows();
    int[] fromInput = times(x, w, 0, 3 * units);
    int[] fromState = times(h, r, 0, 2 * units);
    int[] reset = new int[units];
    int[] update = new int[units];
    int[] seen = new int[units];
    for (int u = 0; u < units; u++) {
      int second = units + u;
      reset[u] = tape.sigmoid(tape.add(tape.add(fromInput[u], fromState[u]), b[u]));
      update[u] = tape.sigmoid(tape.add(tape.add(fromInput[second], fromState[second]), b[second]));
      seen[u] = resetAfter ? h[u] : tape.multiply(reset[u], h[u]);
    }
    int[] through = times(seen, r, 2 * units, units);
    int[] next = new int[units];
    for (int u = 0; u < units; u++) {
      int recurrent =
          resetAfter ? tape.multiply(reset[u], tape.add(through[u], b[3 * units + u])) : through[u];
      int candidate =
          tape.tanh(tape.add(tape.add(fromInput[2 * units + u], recurrent), b[2 * units + u]));
      int kept = tape.multiply(update[u], h[u]);
      int fresh = tape.multiply(tape.subtract(tape.of(1), update[u]), candidate);
      next[u] = tape.add(kept, fresh);
    }
    return next;
  }

  int[] layerNorm(int[] x, int[] gain, int[] bias) {
    int mean = tape.scale(sum(x), 1.0 / x.length);
    int[] centred = new int[x.length];
    int squares = tape.of(0);
    for (int i = 0; i < x.length; i++) {
      centred[i] = tape.subtract(x[i], mean);
      squares = tape.add(squares, tape.multiply(centred[i], centred[i]));
    }
    int variance = tape.add(tape.scale(squares, 1.0 / x.length), tape.of(1e-5));
    int inverse = tape.power(variance, -0.5);
    int[] y = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = tape.add(tape.multiply(gain[i], tape.multiply(centred[i], inverse)), bias[i]);
    }
    return y;
  }

  int sum(int[] x) {
    int sum = tape.of(0);
    for (int each : x) {
      sum = tape.add(sum, each);
    }
    return sum;
  }

  int dot(int[] x, int xFrom, int[] y, int yFrom, int count) {
    int sum = tape.of(0);
    for (int i = 0; i < count; i++) {
      sum = tape.add(sum, tape.multiply(x[xFrom + i], y[yFrom + i]));
    }
    return sum;
  }

  /** Softmax over observed scores, 0 elsewhere. */
  int[] softmax(int[] scores, boolean[] observed) {
    int[] powers = new int[scores.length];
    for (int i = 0; i < scores.length; i++) {
      powers[i] = observed[i] ? tape.exp(scores[i]) : tape.of(0);
    }
    int total = sum(powers);
    int[] weights = new int[scores.length];
    for (int i = 0; i < scores.length; i++) {
      weights[i] = tape.value(total) == 0 ? powers[i] : tape.divide(powers[i], total);
    }
    return weights;
  }

  int[] attentionPooling(int[][] states, boolean[] observed, Matrix w, int[] b, int[] query) {
    int[] scores = new int[states.length];
    for (int t = 0; t < states.length; t++) {
      int[] key = dense(states[t], w, b);
      for (int i = 0; i < key.length; i++) {
        key[i] = tape.tanh(key[i]);
      }
      scores[t] = dot(key, 0, query, 0, key.length);
    }
    return mix(softmax(scores, observed), states, 0, states[0].length);
  }

  private int[] mix(int[] weights, int[][] values, int from, int count) {
    int[] y = zeros(count);
    for (int t = 0; t < values.length; t++) {
      for (int i = 0; i < count; i++) {
        y[i] = tape.add(y[i], tape.multiply(weights[t], values[t][from + i]));
      }
    }
    return y;
  }

  /** Self-attention of all steps; {@code projected} rows are Q K V. */
  int[][] selfAttention(int[][] projected, boolean[] observed, int heads) {
    int steps = projected.length;
    int width = projected[0].length / 3;
    int each = width / heads;
    int[][] mixed = new int[steps][width];
    for (int head = 0; head < heads; head++) {
      int from = head * each;
      for (int t = 0; t < steps; t++) {
        int[] scores = new int[steps];
        for (int s = 0; s < steps; s++) {
          int dot = dot(projected[t], from, projected[s], width + from, each);
          scores[s] = tape.scale(dot, 1 / Math.sqrt(each));
        }
        int[] y = mix(softmax(scores, observed), projected, 2 * width + from, each);
        System.arraycopy(y, 0, mixed[t], from, each);
      }
    }
    return mixed;
  }

  int[] addAll(int[] x, int[] y) {
    int[] sum = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      sum[i] = tape.add(x[i], y[i]);
    }
    return sum;
  }

  int[] relu(int[] x) {
    int[] y = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = tape.relu(x[i]);
    }
    return y;
  }
}
