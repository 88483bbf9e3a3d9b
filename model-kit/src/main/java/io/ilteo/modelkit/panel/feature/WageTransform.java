package io.ilteo.modelkit.panel.feature;

import io.ilteo.modelkit.panel.PanelColumn;
import io.ilteo.modelkit.panel.fold.TrainingFold;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;

/**
 * Between a nominal wage and the standardised quantity that a network learns.
 *
 * <p>z = (g(wage / priceLevel) − mean) / deviation, g = ln or identity. The price level is that of
 * the last input year ({@link Sequences#priceLevel}): what is known when a prediction is made.
 *
 * @param mean of g over the training targets
 * @param deviation standard deviation of g over the training targets
 */
public record WageTransform(WageScale scale, double mean, double deviation) {
  /** Learns mean and deviation. Only a training fold will do. */
  public static WageTransform fit(TrainingFold fold, WageScale scale) {
    String population = fold.targets().wagePopulation();
    PanelColumn wage = fold.panel().column(Mapping.WAGE);
    InputSchema schema = InputSchema.of(fold.panel());
    long count = 0;
    double mean = 0;
    double squares = 0;
    for (int i = 0; i < fold.size(); i++) {
      float nominal = wage.value(fold.targetRow(i));
      boolean counts =
          population != null
              && !Float.isNaN(nominal)
              && fold.panel().inPopulation(population, fold.targetRow(i));
      if (counts) {
        int inputYear = fold.panel().year(fold.inputRow(i));
        double value = scaled(scale, nominal, schema.priceLevel(inputYear));
        double delta = value - mean;
        mean += delta / ++count;
        squares += delta * (value - mean);
      }
    }
    if (count == 0) {
      throw new FailedPrecondition("The training fold has no wage to learn from.");
    }
    double deviation = Math.sqrt(squares / count);
    return new WageTransform(scale, mean, deviation > 0 ? deviation : 1);
  }

  private static double scaled(WageScale scale, double nominal, double priceLevel) {
    double real = nominal / priceLevel;
    return scale == WageScale.LOG ? StrictMath.log(real) : real;
  }

  /** The standardised quantity; NaN for NaN. */
  public double toModel(double nominal, double priceLevel) {
    return (scaled(scale, nominal, priceLevel) - mean) / deviation;
  }

  /** The nominal wage that {@code z} stands for; in logs, the median rather than the mean. */
  public double fromModel(double z, double priceLevel) {
    double value = z * deviation + mean;
    return (scale == WageScale.LOG ? StrictMath.exp(value) : value) * priceLevel;
  }
}
