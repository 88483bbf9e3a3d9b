package io.ilteo.buildagent;

import io.quarkus.builder.BuildChain;
import io.quarkus.builder.BuildChainBuilder;
import io.quarkus.builder.item.MultiBuildItem;
import io.quarkus.builder.item.SimpleBuildItem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** A build of steps that take more or less time; says what came of it, and in how many threads. */
final class SmallBuild {
  private static final int STEPS = 40;

  private SmallBuild() {}

  /** What each step makes. */
  public static final class Part extends MultiBuildItem {
    private final int number;

    Part(int number) {
      this.number = number;
    }
  }

  /** What all parts become. */
  public static final class Whole extends SimpleBuildItem {
    private final List<Integer> parts;

    Whole(List<Integer> parts) {
      this.parts = parts;
    }
  }

  public static void main(String[] args) throws Exception {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    BuildChainBuilder chain = BuildChain.builder();
    for (int i = 0; i < STEPS; i++) {
      int number = i;
      chain
          .addBuildStep(
              context -> {
                threads.add(Thread.currentThread());
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(3_000_000));
                context.produce(new Part(number));
              })
          .produces(Part.class)
          .build();
    }
    chain
        .addBuildStep(
            context ->
                context.produce(
                    new Whole(
                        context.consumeMulti(Part.class).stream().map(p -> p.number).toList())))
        .consumes(Part.class)
        .produces(Whole.class)
        .build();
    chain.addFinal(Whole.class);
    Whole whole = chain.build().createExecutionBuilder("small").execute().consume(Whole.class);
    System.out.println(whole.parts);
    System.out.println(Set.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"));
    System.out.println(Map.of("a", 1, "b", 2, "c", 3, "d", 4).entrySet().stream().toList());
    System.out.println(Set.of("a", "b").stream().toList());
    System.out.println(threads.equals(Set.of(Thread.currentThread())) ? "one thread" : "threads");
  }
}
