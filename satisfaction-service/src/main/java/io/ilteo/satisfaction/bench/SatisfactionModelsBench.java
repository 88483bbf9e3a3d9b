package io.ilteo.satisfaction.bench;

import io.ilteo.modelkit.bench.ModelsBench;
import io.ilteo.satisfaction.SatisfactionTask;
import java.io.IOException;
import java.util.List;

/** Compares satisfaction models with their baselines. */
public final class SatisfactionModelsBench {
  private static final List<String> REPORTED =
      List.of(
          "accuracy",
          "balanced_accuracy",
          "macro_f1",
          "qwk",
          "ordinal_mae",
          "log_loss",
          "rps",
          "ece",
          "recall_0",
          "precision_0",
          "coverage_90",
          "set_size_90");

  private SatisfactionModelsBench() {}

  /** Runs the comparison with the arguments of {@link ModelsBench}. */
  public static void main(String[] arguments) throws IOException {
    new ModelsBench(new SatisfactionTask(), REPORTED, System.out, arguments).run();
  }
}
