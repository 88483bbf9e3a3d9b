package io.ilteo.modelkit.recurrent.kernel;

/** Vector loops where the JVM has the Vector API, else scalar ones, which is said once. */
final class LoopsChoice {
  private static final System.Logger LOG = System.getLogger(LoopsChoice.class.getName());
  private static final String MODULE = "jdk.incubator.vector";

  private LoopsChoice() {}

  static Loops best() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The Vector API is not there (start the JVM with --add-modules {0}): networks give the"
              + " same results, but slowly.",
          MODULE);
      return new Loops();
    }
    return new VectorLoops();
  }
}
