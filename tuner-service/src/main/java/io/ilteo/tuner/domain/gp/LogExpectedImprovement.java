package io.ilteo.tuner.domain.gp;

import io.ilteo.tuner.domain.gp.GaussianProcess.Posterior;
import io.ilteo.tuner.domain.numeric.Normal;

/**
 * log EI (Ament et al. 2023, arXiv 2310.20708, eq. 8 to 9 and appendix A.1), which keeps a usable
 * gradient where EI itself underflows.
 *
 * <p>log EI(x) = log h(z) + log σ(x), h(z) = φ(z) + z·Φ(z), z = (f* − μ(x))/σ(x), f* the incumbent.
 */
public final class LogExpectedImprovement {
  private static final double ROOT_HALF_PI = Math.sqrt(Math.PI / 2);
  // Beyond this 1 − √(π/2)·|z|·erfcx(|z|/√2) loses its digits; 1/z² is then exact to 10⁻³.
  private static final double FAR = 30;

  private LogExpectedImprovement() {}

  /** At a posterior, for an incumbent f*; the gradient in x is written if there is room for it. */
  public static double at(Posterior posterior, double incumbent, double[] gradient) {
    double sigma = posterior.deviation();
    double z = (incumbent - posterior.mean()) / sigma;
    double logH = logH(z);
    double byMean = -Math.exp(logCdf(z) - logH) / sigma;
    double byDeviation = Math.exp(Normal.logPdf(z) - logH) / sigma;
    for (int k = 0; k < gradient.length; k++) {
      gradient[k] =
          byMean * posterior.meanGradient()[k] + byDeviation * posterior.deviationGradient()[k];
    }
    return logH + Math.log(sigma);
  }

  static double logH(double z) {
    if (z > -1) {
      return Math.log(Math.exp(Normal.logPdf(z)) + z * Normal.cdf(z));
    }
    double far = -z;
    double rest =
        far > FAR ? 1 / (far * far) : 1 - ROOT_HALF_PI * far * Normal.erfcx(far / Math.sqrt(2));
    return Normal.logPdf(z) + Math.log(rest);
  }

  private static double logCdf(double z) {
    return z > -1
        ? Math.log(Normal.cdf(z))
        : Normal.logPdf(z) + Math.log(ROOT_HALF_PI * Normal.erfcx(-z / Math.sqrt(2)));
  }
}
