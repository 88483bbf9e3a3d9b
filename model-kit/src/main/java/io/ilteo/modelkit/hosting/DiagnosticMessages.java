package io.ilteo.modelkit.hosting;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.training.ClassMetrics;
import io.ilteo.modelkit.training.Grouping;
import io.ilteo.modelkit.training.Scored;
import io.ilteo.modelkit.training.ScoredAmounts;
import io.ilteo.modelkit.training.ScoredClasses;
import io.ilteo.modelkit.training.ScoredJoint;
import io.ilteo.proto.model.v1.Diagnostics;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** What pictures of an evaluation are drawn from. */
final class DiagnosticMessages {
  private static final int MAX_PAIRS = 2_000;
  private static final int RELIABILITY_BINS = 10;
  // Of which groups smaller than this the figures would be noise.
  private static final int MIN_GROUP = 20;
  private static final String UNKNOWN = "unknown";

  private DiagnosticMessages() {}

  static Diagnostics of(Scored scored, Sequences sequences, long seed) {
    Diagnostics.Builder diagnostics = Diagnostics.newBuilder();
    add(scored, seed, diagnostics);
    return diagnostics.build();
  }

  private static void add(Scored scored, long seed, Diagnostics.Builder diagnostics) {
    switch (scored) {
      case ScoredAmounts amounts -> {
        addPairs(amounts, seed, diagnostics);
        addGroups(amounts, amounts.groupings(), diagnostics);
      }
      case ScoredClasses classes -> {
        addConfusion(classes, diagnostics);
        addReliability(classes, diagnostics);
        addGroups(classes, classes.groupings(), diagnostics);
      }
      case ScoredJoint joint -> {
        add(joint.amounts(), seed, diagnostics);
        add(joint.classes(), seed, diagnostics);
      }
    }
  }

  private static String name(Grouping grouping, int group) {
    return grouping.name() + "=" + (group < 0 ? UNKNOWN : grouping.labels().get(group));
  }

  private static void addPairs(ScoredAmounts amounts, long seed, Diagnostics.Builder target) {
    int n = amounts.observed().length;
    int[] order = IntStream.range(0, n).toArray();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < Math.min(n, MAX_PAIRS); i++) {
      int j = random.nextInt(i, n);
      int drawn = order[j];
      order[j] = order[i];
      order[i] = drawn;
      target.addObserved(amounts.observed()[drawn]).addPredicted(amounts.predicted()[drawn]);
    }
  }

  private static void addConfusion(ScoredClasses classes, Diagnostics.Builder target) {
    int k = classes.labels().size();
    long[] confusion = new long[k * k];
    for (int i = 0; i < classes.observed().length; i++) {
      confusion[classes.observed()[i] * k + classes.decided()[i]]++;
    }
    target.addAllClassLabels(classes.labels());
    for (long count : confusion) {
      target.addConfusion(count);
    }
  }

  private static void addReliability(ScoredClasses classes, Diagnostics.Builder target) {
    double[] confidence = new double[RELIABILITY_BINS];
    double[] hits = new double[RELIABILITY_BINS];
    long[] counts = new long[RELIABILITY_BINS];
    for (int i = 0; i < classes.observed().length; i++) {
      double[] probabilities = classes.probabilities()[i];
      int predicted = ClassMetrics.argmax(probabilities);
      double top = probabilities[predicted];
      int bin = Math.min(RELIABILITY_BINS - 1, (int) (top * RELIABILITY_BINS));
      confidence[bin] += top;
      hits[bin] += predicted == classes.observed()[i] ? 1 : 0;
      counts[bin]++;
    }
    for (int bin = 0; bin < RELIABILITY_BINS; bin++) {
      if (counts[bin] > 0) {
        target
            .addReliabilityConfidence(confidence[bin] / counts[bin])
            .addReliabilityAccuracy(hits[bin] / counts[bin])
            .addReliabilityCount(counts[bin]);
      }
    }
  }

  private static void addGroups(
      Scored scored, List<Grouping> groupings, Diagnostics.Builder target) {
    groupings.forEach(
        grouping -> addGroups(scored, row -> name(grouping, grouping.groups()[row]), target));
  }

  private static void addGroups(
      Scored scored, IntFunction<String> group, Diagnostics.Builder target) {
    Map<String, IntStream.Builder> groups = new TreeMap<>();
    for (int row = 0; row < scored.sequences().length; row++) {
      groups.computeIfAbsent(group.apply(row), name -> IntStream.builder()).add(row);
    }
    groups.forEach(
        (name, rows) -> {
          int[] selected = rows.build().toArray();
          if (selected.length >= MIN_GROUP) {
            target.addGroups(ScoreMessages.plain(name, scored.select(selected).metrics()));
          }
        });
  }
}
