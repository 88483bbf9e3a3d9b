package io.ilteo.satisfaction;

import java.util.List;

/** What people call the classes of satisfaction, least satisfied first. */
final class SatisfactionLabels {
  /** Numbers of classes there are names for, the default first. */
  static final List<Integer> OFFERED = List.of(3, 5);

  private SatisfactionLabels() {}

  /** Names of {@code classes} classes. */
  static List<String> of(int classes) {
    return switch (classes) {
      case 3 -> List.of("dissatisfied", "neutral", "satisfied");
      case 5 ->
          List.of("very dissatisfied", "dissatisfied", "neutral", "satisfied", "very satisfied");
      default -> throw new IllegalArgumentException("no names for " + classes + " classes");
    };
  }
}
