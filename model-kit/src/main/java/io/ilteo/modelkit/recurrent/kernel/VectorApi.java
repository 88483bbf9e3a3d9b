package io.ilteo.modelkit.recurrent.kernel;

/** Whether the JVM has the Vector API; that it has not is said once. */
final class VectorApi {
  private static final System.Logger LOG = System.getLogger(VectorApi.class.getName());
  private static final String MODULE = "jdk.incubator.vector";

  static final boolean PRESENT = found();

  private VectorApi() {}

  private static boolean found() {
    boolean found = ModuleLayer.boot().findModule(MODULE).isPresent();
    if (!found) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The Vector API is not there (start the JVM with --add-modules {0}): networks give the"
              + " same results, but slowly.",
          MODULE);
    }
    return found;
  }
}
