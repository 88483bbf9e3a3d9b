package io.ilteo.tuner.domain.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogSumExpTest {
  @Test
  void exponentialAgreesWithTheLibrarys() {
    for (double x = 0; x > -700; x -= 0.000_37 * (1 - x)) {
      assertThat(LogSumExp.exp(x) / Math.exp(x)).as("e^%s", x).isCloseTo(1, within(1e-11));
    }
    assertThat(LogSumExp.exp(0)).isEqualTo(1);
    assertThat(LogSumExp.exp(-1e300)).isZero();
    assertThat(LogSumExp.exp(Double.NEGATIVE_INFINITY)).isZero();
  }

  @Test
  void sumAgreesWithThePlainOneAtEverySizeAndSpread() {
    Random random = new Random(11);
    for (int n : new int[] {0, 1, 2, 7, 64, 1_001}) {
      for (double spread : new double[] {0, 1, 20, 400}) {
        double[] exponents = random.doubles(n).map(u -> 500 - spread * u).toArray();
        double first = 500 - spread * random.nextDouble();
        // Shifted, or the plain sum overflows.
        double plain =
            500
                + Math.log(
                    Math.exp(first - 500)
                        + Arrays.stream(exponents).map(x -> Math.exp(x - 500)).sum());
        assertThat(LogSumExp.of(first, exponents))
            .as("n=%d spread=%s", n, spread)
            .isCloseTo(plain, within(1e-10));
      }
    }
  }

  @Test
  void sumThatIsEnoughEarlyIsStillMoreThanEnough() {
    Random random = new Random(12);
    for (int run = 0; run < 200; run++) {
      double[] exponents = random.doubles(1 + random.nextInt(500)).map(u -> -30 * u).toArray();
      double whole = LogSumExp.of(-9, exponents);
      double enough = whole + random.nextGaussian();
      double part = LogSumExp.of(-9, exponents, enough);
      if (whole <= enough) {
        assertThat(part).isEqualTo(whole);
      } else {
        assertThat(part).isGreaterThan(enough).isLessThanOrEqualTo(whole);
      }
    }
  }

  @Test
  void impossibleTermsAddNothing() {
    assertThat(LogSumExp.of(-3, new double[] {Double.NEGATIVE_INFINITY, -1_000})).isEqualTo(-3);
  }
}
