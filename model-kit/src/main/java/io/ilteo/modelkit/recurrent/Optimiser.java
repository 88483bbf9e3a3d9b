package io.ilteo.modelkit.recurrent;

/**
 * Adam (Kingma and Ba 2015), or AdamW where {@code weightDecay} is positive.
 *
 * @param learningRate of a schedule's factor 1
 * @param l2 penalty of weights as part of the gradient; biases, gains and embeddings pay none
 * @param weightDecay decay of weights apart from the gradient (Loshchilov and Hutter 2019)
 * @param clipNorm longest gradient; 0 for any (Pascanu et al. 2013)
 * @param schedule of the learning rate
 */
public record Optimiser(
    double learningRate, double l2, double weightDecay, double clipNorm, Schedule schedule) {
  public Optimiser {
    if (!(learningRate > 0) || !(l2 >= 0) || !(weightDecay >= 0) || !(clipNorm >= 0)) {
      throw new IllegalArgumentException(
          "a learning rate is positive, penalties and the norm are not negative");
    }
  }

  /** Adam with a constant rate. */
  public static Optimiser adam(double learningRate, double l2) {
    return new Optimiser(learningRate, l2, 0, 0, new Schedule.Constant());
  }
}
