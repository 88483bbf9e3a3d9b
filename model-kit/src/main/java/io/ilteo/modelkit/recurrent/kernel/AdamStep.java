package io.ilteo.modelkit.recurrent.kernel;

/**
 * The numbers of one step of Adam.
 *
 * @param rate step size
 * @param gradientScale what gradients are multiplied by, to clip them
 * @param l2 coupled penalty, part of the gradient
 * @param decay decoupled weight decay
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param firstScale 1 / (1 − β₁ᵗ)
 * @param secondScale 1 / √(1 − β₂ᵗ)
 */
record AdamStep(
    float rate,
    float gradientScale,
    float l2,
    float decay,
    float beta1,
    float beta2,
    float firstScale,
    float secondScale) {
  static final float EPSILON = 1e-8f;
}
