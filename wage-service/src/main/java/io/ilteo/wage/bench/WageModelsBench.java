package io.ilteo.wage.bench;

import io.ilteo.modelkit.bench.ModelsBench;
import io.ilteo.wage.WageTask;
import java.io.IOException;
import java.util.List;

/** Compares wage models with their baselines. */
public final class WageModelsBench {
  private static final List<String> REPORTED =
      List.of(
          "rmse",
          "mae",
          "mape",
          "median_ae",
          "r2",
          "bias",
          "coverage_80",
          "width_80",
          "coverage_95",
          "width_95");

  private WageModelsBench() {}

  /** Runs the comparison with the arguments of {@link ModelsBench}. */
  public static void main(String[] arguments) throws IOException {
    new ModelsBench(new WageTask(), REPORTED, System.out, arguments).run();
  }
}
