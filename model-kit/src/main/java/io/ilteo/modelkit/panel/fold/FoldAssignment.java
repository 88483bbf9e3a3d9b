package io.ilteo.modelkit.panel.fold;

/** Says which fold a person's target in a year belongs to. */
@FunctionalInterface
interface FoldAssignment {
  byte TRAINING = 0;
  byte VALIDATION = 1;
  byte TEST = 2;

  int foldOf(int person, int targetYear);

  /**
   * Each person is wholly in one fold.
   *
   * @param folds [persons]
   */
  static FoldAssignment byPerson(byte[] folds) {
    return (person, targetYear) -> folds[person];
  }

  static FoldAssignment byTargetYear(int lastYear) {
    return (person, targetYear) ->
        switch (lastYear - targetYear) {
          case 0 -> TEST;
          case 1 -> VALIDATION;
          default -> TRAINING;
        };
  }
}
