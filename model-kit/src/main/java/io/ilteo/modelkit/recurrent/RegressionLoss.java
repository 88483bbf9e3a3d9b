package io.ilteo.modelkit.recurrent;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** How far a number is from its target, in training. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RegressionLoss.Mse.class, name = "mse"),
  @JsonSubTypes.Type(value = RegressionLoss.Huber.class, name = "huber"),
  @JsonSubTypes.Type(value = RegressionLoss.LogCosh.class, name = "log_cosh"),
  @JsonSubTypes.Type(value = RegressionLoss.Pinball.class, name = "pinball"),
  @JsonSubTypes.Type(value = RegressionLoss.GaussianNll.class, name = "gaussian_nll")
})
public sealed interface RegressionLoss {
  /** Outputs that the head needs. */
  default int outputs() {
    return 1;
  }

  /** e², e = ŷ − y. */
  record Mse() implements RegressionLoss {}

  /**
   * ½ e² for |e| ≤ δ, else δ (|e| − δ/2) (Huber 1964).
   *
   * @param delta δ, positive
   */
  record Huber(double delta) implements RegressionLoss {
    public Huber {
      if (!(delta > 0)) {
        throw new IllegalArgumentException("a Huber loss needs a positive delta");
      }
    }
  }

  /** ln cosh e: squared near 0, absolute far away. */
  record LogCosh() implements RegressionLoss {}

  /**
   * Pinball loss, one output a quantile (Koenker and Bassett 1978).
   *
   * @param quantiles in (0, 1), rising
   */
  record Pinball(List<Double> quantiles) implements RegressionLoss {
    public Pinball {
      quantiles = List.copyOf(quantiles);
      double before = 0;
      for (double quantile : quantiles) {
        if (quantile <= before || quantile >= 1) {
          throw new IllegalArgumentException(
              "quantiles %s: in (0, 1), rising".formatted(quantiles));
        }
        before = quantile;
      }
      if (quantiles.isEmpty()) {
        throw new IllegalArgumentException("a pinball loss needs a quantile");
      }
    }

    @Override
    public int outputs() {
      return quantiles.size();
    }
  }

  /** Negative log likelihood of a normal with learned mean and variance (Nix and Weigend 1994). */
  record GaussianNll() implements RegressionLoss {
    @Override
    public int outputs() {
      return 2;
    }
  }
}
